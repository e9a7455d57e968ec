namespace GptImage2.Mcp.Logging;

/// <summary>Where the log goes, and in which form.</summary>
internal sealed record LoggingOptions
{
    /// <summary>Absolute path of the log file.</summary>
    public required string File { get; init; }

    /// <summary>Whether a server over HTTP writes everything to stderr as well, one JSON object a line, as collectors of logs want it.</summary>
    public bool Json { get; init; }
}
