namespace GptImage2.Generation.Cast;

/// <summary>Read from <c>GPTIMAGE2_CAST</c>.</summary>
public sealed record CastOptions
{
    /// <summary>Absolute folders of further entries, which are read and never changed; of two entries of one name the first counts, after the caller's own.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];
}
