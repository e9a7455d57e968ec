using GptImage2.Generation.Inputs.Sandbox;

namespace GptImage2.Mcp.Callers;

/// <summary>
/// Where the client puts what its user attaches in the chat: a root by the name of uploads, as Claude Desktop has it. It is asked for with the first
/// call, and again once the client says that its roots have changed. Over HTTP it would be a folder of another machine.
/// </summary>
internal sealed partial class AttachmentFolder(TimeProvider clock, ILogger<AttachmentFolder> logger)
{
    private const string RootName = "uploads";

    /// <summary>The first revision in which a server asks its client nothing (MCP 2026-07-28).</summary>
    private const string FirstWithoutRoots = "2026-07-28";

    /// <summary>A client that does not answer must not keep calls waiting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private volatile Task<string?>? _known;

    /// <summary>Forgets it, because it may be another now.</summary>
    public void Forget() => _known = null;

    /// <returns>The session, with the folder where there is one.</returns>
    public async Task<CallerSession> AddToAsync(CallerSession session, McpServer server, CancellationToken cancellationToken)
    {
        if (!session.Caller.LocalPathsAllowed || server.ClientCapabilities?.Roots is null || string.CompareOrdinal(server.NegotiatedProtocolVersion, FirstWithoutRoots) >= 0)
        {
            return session;
        }

        var folder = await (_known ??= FindAsync(server)).WaitAsync(cancellationToken);
        return folder is null ? session : session with { Caller = session.Caller with { Attachments = folder } };
    }

    private async Task<string?> FindAsync(McpServer server)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            var roots = await server.RequestRootsAsync(new ListRootsRequestParams(), patience.Token);
            return roots.Roots.Where(root => RootName.Equals(root.Name, StringComparison.OrdinalIgnoreCase)).Select(root => ToFolder(root.Uri)).OfType<string>().FirstOrDefault();
        }
        catch (Exception refused) when (refused is McpException or OperationCanceledException or InvalidOperationException or JsonException or IOException)
        {
            LogRefused(refused);
            return null;
        }
    }

    /// <summary>A home, or a folder of the system, is no place for attachments alone.</summary>
    private static string? ToFolder(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri is { IsFile: true, IsUnc: false } && Directory.Exists(uri.LocalPath) && KnownFolders.IsTrustedWorkingFolder(uri.LocalPath) ? uri.LocalPath : null;

    [LoggerMessage(LogLevel.Information, "The client does not tell its roots, so that what is attached in the chat can only be read from the inbox")]
    private partial void LogRefused(Exception refused);
}
