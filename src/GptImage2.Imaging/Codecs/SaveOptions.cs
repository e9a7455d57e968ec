namespace GptImage2.Imaging.Codecs;

/// <summary>How a picture is encoded. PNG, JPEG and WebP can be written.</summary>
public sealed record SaveOptions
{
    public required ImageFormat Format { get; init; }

    /// <summary>0 (smallest) to 100 (best), for JPEG and lossy WebP.</summary>
    public int Quality { get; init; } = 90;

    /// <summary>For WebP: every pixel exactly (before libvips 8.16, colours under full transparency excepted). PNG always is, JPEG never.</summary>
    public bool Lossless { get; init; }

    /// <summary>0 (fast) to 6 (small): how hard PNG and WebP try. No pixel depends on it.</summary>
    public int Effort { get; init; } = 2;

    /// <summary>Whether an embedded colour profile goes along. All other metadata is always left out: it may name people and places.</summary>
    public bool KeepProfile { get; init; } = true;

    /// <summary>What shows through where JPEG, which has no alpha, replaces transparency.</summary>
    public Colour Background { get; init; } = Colour.White;
}
