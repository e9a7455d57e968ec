namespace GptImage2.Backends.Sketch;

/// <summary>How the sketching backend behaves; slowness and failure are for those who test a client.</summary>
public sealed record SketchOptions
{
    /// <summary>How long a call pretends to draw.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether every call fails.</summary>
    public bool Fails { get; init; }

    /// <summary>Why no real model draws, or null when the user chose sketches.</summary>
    public string? Reason { get; init; }
}
