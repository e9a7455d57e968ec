namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>A client's file that must be left alone; the message says why, and where in the file.</summary>
internal sealed class ConfigFileException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Under our name stands somebody else's server, which is not ours to change.</summary>
    /// <param name="what">What it is, and where.</param>
    public static ConfigFileException OtherServer(ServerEntry entry, string what) => new($"has {entry.Name} as {ChangeText.HideKeys(what)}. Add this one under another name: --name NAME");
}
