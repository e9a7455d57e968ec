namespace GptImage2.Generation.Models;

/// <summary>What images a service accepts with a request, and at what size it looks at them.</summary>
public sealed record InputRules
{
    /// <summary>A longer image is billed as if it had this ratio.</summary>
    private const int MaxBilledRatio = 3;

    /// <summary>Encodings it reads; the first is what others are converted to.</summary>
    public required IReadOnlyList<ImageFormat> Formats { get; init; }

    /// <summary>Whether images go as they are, because nothing leaves this machine.</summary>
    public bool AcceptsAnyImage { get; init; }

    /// <summary>Each image is smaller than this.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Each mask is smaller than this.</summary>
    public required long MaxMaskBytes { get; init; }

    /// <summary>The service looks at squares of this edge, in pixels…</summary>
    public required int PatchEdge { get; init; }

    /// <summary>… and at no more of them than this in one image: it scales a larger one down.</summary>
    public required int MaxPatches { get; init; }

    /// <summary>It scales small images up, at most twofold, until their longer edge is this, in pixels.</summary>
    public required int MagnifiedEdge { get; init; }

    /// <summary>The size at which the service looks at an image: pixels beyond it are paid for in upload and never seen.</summary>
    public Dimensions EffectiveSize(Dimensions size)
    {
        var (width, height) = ((double)size.Width / PatchEdge, (double)size.Height / PatchEdge);
        if (Math.Ceiling(width) * Math.Ceiling(height) <= MaxPatches)
        {
            return size;
        }

        var scale = Math.Sqrt(MaxPatches / (width * height));
        scale *= Math.Min(WholePatchFraction(width * scale), WholePatchFraction(height * scale));
        return new Dimensions(Math.Max(1, (int)Math.Round(size.Width * scale)), Math.Max(1, (int)Math.Round(size.Height * scale)));
    }

    /// <summary>
    /// Input tokens of one image. Not published: fitted to measured usage by third parties
    /// (community.openai.com/t/1382940, read 2026-11), so estimates that use it are ranges.
    /// </summary>
    public long CountTokens(Dimensions size)
    {
        var (width, height) = (Math.Min(size.Width, MaxBilledRatio * size.Height), Math.Min(size.Height, MaxBilledRatio * size.Width));
        var magnify = Math.Clamp((double)MagnifiedEdge / Math.Max(width, height), 1, 2);
        var seen = EffectiveSize(new Dimensions((int)Math.Round(width * magnify), (int)Math.Round(height * magnify)));
        return Math.Min(MaxPatches, (long)CountPatches(seen.Width) * CountPatches(seen.Height));
    }

    private int CountPatches(int edge) => (edge + PatchEdge - 1) / PatchEdge;

    /// <summary>The share of a side that consists of whole patches.</summary>
    private static double WholePatchFraction(double patches) => Math.Max(1, Math.Floor(patches)) / Math.Max(1, patches);
}
