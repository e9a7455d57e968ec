namespace GptImage2.Generation.Models;

/// <summary>Which sizes a model family draws, in pixels.</summary>
public sealed record SizeRules
{
    /// <summary>A hundredth of distortion is as bad as a quarter more or fewer pixels.</summary>
    private const double AspectWeight = 25;

    /// <summary>Pixels of a canvas that takes its shape from a reference.</summary>
    private const long ReferenceCanvasPixels = 1536 * 1024;

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

    public bool AllowsPixels(Dimensions size) => size.PixelCount >= MinPixels && size.PixelCount <= MaxPixels;

    /// <summary>The legal size nearest to the wanted one, by the logarithms of both edges.</summary>
    public Dimensions Nearest(Dimensions wanted) => CandidatesNear(_ => wanted.Height)
        .MinBy(size => Distance(size, wanted.Width, wanted.Height));

    /// <summary>Of each legal width, the legal heights next below and above the one wanted for it: hundreds of sizes, smallest width first.</summary>
    public IEnumerable<Dimensions> CandidatesNear(Func<int, double> height)
    {
        foreach (var column in EnumerateWidths())
        {
            var below = (int)Math.Clamp(height(column.Width), 0, MaxEdge) / EdgeMultiple * EdgeMultiple;
            yield return column.WithHeight(below);
            yield return column.WithHeight(below + EdgeMultiple);
        }
    }

    /// <returns>
    /// The given size; else the smallest legal canvas that holds the size to deliver, or the legal one nearest to it where
    /// none is large enough; else a square.
    /// </returns>
    public Dimensions ChooseSize(Dimensions? given, Dimensions? resizeTo) => (given, resizeTo) switch
    {
        ({ } size, _) => size,
        (null, { } target) => SmallestContaining(target) ?? Nearest(target),
        _ => SizePreset.Square.Size,
    };

    /// <summary>A canvas of a reference's shape, for an edit without a given size.</summary>
    public Dimensions FollowReference(Dimensions shape)
    {
        var ratio = Math.Clamp((double)shape.Width / shape.Height, 1.0 / MaxRatio, MaxRatio);
        return EnumerateWidths()
            .SelectMany(column => new[] { Math.Floor(column.Width / ratio / EdgeMultiple), Math.Ceiling(column.Width / ratio / EdgeMultiple) }
                .Select(rows => column.WithHeight((int)rows * EdgeMultiple)))
            .MinBy(size => (AspectWeight * Math.Abs(Math.Log((double)size.Width / size.Height / ratio)))
                + Math.Abs(Math.Log((double)size.PixelCount / ReferenceCanvasPixels)));
    }

    /// <summary>The smallest legal size that can be cropped to the wanted one and is near its shape; null when none is large enough.</summary>
    public Dimensions? SmallestContaining(Dimensions wanted)
    {
        // Of one width, the least height that suffices is always the best.
        Dimensions[] holding =
        [
            .. EnumerateWidths()
                .Where(column => column.Width >= wanted.Width && column.MaxHeight >= wanted.Height)
                .Select(column => column.WithHeight(RoundUpToMultiple(wanted.Height))),
        ];
        return holding is [] ? null : holding.MinBy(size => size.PixelCount * AspectMismatch(size, wanted));
    }

    /// <summary>The legal sizes, by their width: there are hundreds of widths and tens of thousands of sizes.</summary>
    private IEnumerable<WidthRange> EnumerateWidths()
    {
        for (var width = MinEdge; width <= MaxEdge; width += EdgeMultiple)
        {
            var least = RoundUpToMultiple(Math.Max(MinEdge, Math.Max(CeilingDivide(width, MaxRatio), CeilingDivide(MinPixels, width))));
            var most = (int)Math.Min(Math.Min(MaxEdge, (long)width * MaxRatio), MaxPixels / width) / EdgeMultiple * EdgeMultiple;
            if (least <= most)
            {
                yield return new WidthRange(width, least, most);
            }
        }
    }

    private int RoundUpToMultiple(int edge) => CeilingDivide(edge, EdgeMultiple) * EdgeMultiple;

    private static int CeilingDivide(long dividend, int divisor) => (int)((dividend + divisor - 1) / divisor);

    private static double AspectMismatch(Dimensions a, Dimensions b)
    {
        var ratio = (double)a.Width * b.Height / ((double)a.Height * b.Width);
        return Math.Max(ratio, 1 / ratio);
    }

    /// <summary>How far a size is from another, by the logarithms of both edges.</summary>
    internal static double Distance(Dimensions size, double width, double height) =>
        Square(Math.Log(size.Width / width)) + Square(Math.Log(size.Height / height));

    private static double Square(double value) => value * value;

    /// <summary>A width, and the least and greatest legal height with it.</summary>
    private readonly record struct WidthRange(int Width, int MinHeight, int MaxHeight)
    {
        public Dimensions WithHeight(int height) => new(Width, Math.Clamp(height, MinHeight, MaxHeight));
    }
}
