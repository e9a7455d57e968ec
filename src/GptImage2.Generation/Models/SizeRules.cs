using GptImage2.Imaging;

namespace GptImage2.Generation.Models;

/// <summary>Which sizes a model family draws, in pixels.</summary>
public sealed record SizeRules
{
    /// <summary>Both edges are a multiple of this.</summary>
    public required int EdgeMultiple { get; init; }

    /// <summary>The shortest edge that any legal size has.</summary>
    public required int MinEdge { get; init; }

    public required int MaxEdge { get; init; }

    /// <summary>The longer edge is at most this many times the shorter one.</summary>
    public required int MaxRatio { get; init; }

    public required long MinPixels { get; init; }

    public required long MaxPixels { get; init; }

    /// <summary>Above this many pixels the vendor calls results experimental.</summary>
    public required long ExperimentalAbove { get; init; }

    public bool Allows(Dimensions size) =>
        AllowsEdge(size.Width) && AllowsEdge(size.Height) && AllowsRatio(size) && AllowsPixels(size);

    public bool AllowsEdge(int edge) => edge % EdgeMultiple == 0 && edge >= MinEdge && edge <= MaxEdge;

    public bool AllowsRatio(Dimensions size) =>
        Math.Max(size.Width, size.Height) <= (long)MaxRatio * Math.Min(size.Width, size.Height);

    public bool AllowsPixels(Dimensions size) => size.Pixels >= MinPixels && size.Pixels <= MaxPixels;

    /// <summary>The legal size that differs least from the wanted one, in proportion.</summary>
    public Dimensions Nearest(Dimensions wanted) =>
        Legal().MinBy(size => Square(Math.Log((double)size.Width / wanted.Width)) + Square(Math.Log((double)size.Height / wanted.Height)));

    /// <summary>The smallest legal size that can be cropped to the wanted one and keeps near its shape; null when none is large enough.</summary>
    public Dimensions? SmallestHolding(Dimensions wanted)
    {
        var holding = Legal().Where(size => size.Width >= wanted.Width && size.Height >= wanted.Height).ToArray();
        return holding is [] ? null : holding.MinBy(size => size.Pixels * Mismatch(size, wanted));
    }

    private IEnumerable<Dimensions> Legal() =>
        from width in Edges()
        from height in Edges()
        let size = new Dimensions(width, height)
        where AllowsRatio(size) && AllowsPixels(size)
        select size;

    private IEnumerable<int> Edges()
    {
        for (var edge = MinEdge; edge <= MaxEdge; edge += EdgeMultiple)
        {
            yield return edge;
        }
    }

    private static double Mismatch(Dimensions a, Dimensions b)
    {
        var ratio = (double)a.Width * b.Height / ((double)a.Height * b.Width);
        return Math.Max(ratio, 1 / ratio);
    }

    private static double Square(double value) => value * value;
}
