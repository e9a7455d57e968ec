using GptImage2.Mcp.Terminal.Clients;
using GptImage2.Mcp.Terminal.Config;

namespace GptImage2.Mcp.Tests.Terminal.Config;

/// <summary>A home of its own, and the command run in it.</summary>
internal sealed class ConfigFolder : IDisposable
{
    public static readonly LaunchCommand Launch = LaunchCommand.FromPackage("0.1.0");

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("gptimage2-config-");

    public string Root => _root.FullName;

    public UserFolders Folders => new(Path.Combine(Root, "home"), Path.Combine(Root, "home", "settings"));

    public string FileOf(string client) => KnownClients.All.Single(known => known.Name == client).FindFile(Folders);

    /// <summary>Puts a file where the client has its own.</summary>
    public string Put(string client, string text) => Put(client, Encoding.UTF8.GetBytes(text));

    public string Put(string client, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(client))!);
        File.WriteAllBytes(FileOf(client), bytes);
        return FileOf(client);
    }

    /// <summary>Everything beside a file, by name.</summary>
    public static string[] ListBeside(string file) => [.. Directory.GetFileSystemEntries(Path.GetDirectoryName(file)!).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <param name="answers">Null where nobody can be asked.</param>
    public async Task<(int Code, string Output, string Explanation)> RunAsync(
        string? client, bool write = false, string? file = null, string name = EntryText.DefaultName, bool yes = false, string? answers = null, LaunchCommand? launch = null)
    {
        StringWriter output = new() { NewLine = "\n" }, explanations = new() { NewLine = "\n" };
        var command = new ConfigCommand(Folders, launch ?? Launch, answers is null ? null : new StringReader(answers), output, explanations);
        var code = await command.RunAsync(new ConfigRequest(client, write, file, name, yes), TestContext.Current.CancellationToken);
        return (code, output.ToString(), explanations.ToString());
    }

    public Task<(int Code, string Output, string Explanation)> WriteAsync(string client, LaunchCommand? launch = null) => RunAsync(client, write: true, yes: true, launch: launch);

    public void Dispose() => _root.Delete(recursive: true);
}
