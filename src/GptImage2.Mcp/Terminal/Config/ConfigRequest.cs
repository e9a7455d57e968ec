using GptImage2.Mcp.Server;
using GptImage2.Mcp.Terminal.Clients;

namespace GptImage2.Mcp.Terminal.Config;

/// <summary>What was typed after <c>config</c>.</summary>
/// <param name="Client">Null where all shall be listed.</param>
/// <param name="File">Null for the client's own.</param>
internal sealed record ConfigRequest(string? Client, bool Write, string? File, string Name, bool Yes)
{
    /// <summary>The command that writes.</summary>
    public string ToCommandLine(bool yes) => ShellLine.Write(
    [
        ServerDefinition.Name, ConfigCommand.Name, Client ?? "", "--write",
        .. File is null ? Array.Empty<string>() : ["--file", File],
        .. Name is EntryText.DefaultName ? Array.Empty<string>() : ["--name", Name],
        .. yes ? ["--yes"] : Array.Empty<string>(),
    ]);
}
