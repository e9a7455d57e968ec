using System.Numerics;

namespace GptImage2.Generation.Models;

/// <summary>Which sizes a model family draws, in pixels.</summary>
public sealed record SizeRules
{
    /// <summary>A hundredth of distortion is as bad as a quarter more or fewer pixels.</summary>
    private const double AspectWeight = 25;

    /// <summary>How far a canvas may be from the shape of the image that it is for: a hundredth is lost in a few rows of pixels.</summary>
    private const double MaxMismatch = 1.01;

    /// <summary>Pixels of a canvas of which only the shape is given.</summary>
    private const long OrdinaryPixels = 1536 * 1024;

    /// <summary>Both edges are a multiple of this.</summary>
    public required int EdgeMultiple { get; init; }

    /// <summary>The shortest edge that any legal size has.</summary>
    public required int MinEdge { get; init; }

    public required int MaxEdge { get; init; }

    /// <summary>The longer edge is at most this many times the shorter one.</summary>
    public required int MaxRatio { get; init; }

    public required long MinPixels { get; init; }

    public required long MaxPixels { get; init; }

    /// <summary>A canvas that nobody asked for by its size has at least so many pixels, where a service takes smaller ones than its model draws well; 0 for no such limit.</summary>
    public long MinChosenPixels { get; init; }

    /// <summary>The sizes out of which a canvas is chosen for an image, rather than written by the caller.</summary>
    public SizeRules Chosen => MinChosenPixels <= MinPixels ? this : this with { MinPixels = MinChosenPixels, MinChosenPixels = 0 };

    /// <summary>Above this many pixels the vendor calls results experimental.</summary>
    public required long ExperimentalAbove { get; init; }

    public bool Allows(Dimensions size) =>
        AllowsEdge(size.Width) && AllowsEdge(size.Height) && AllowsRatio(size) && AllowsPixels(size);

    public bool AllowsEdge(int edge) => edge % EdgeMultiple == 0 && edge >= MinEdge && edge <= MaxEdge;

    public bool AllowsRatio(Dimensions size) =>
        Math.Max(size.Width, size.Height) <= (long)MaxRatio * Math.Min(size.Width, size.Height);

    public bool AllowsPixels(Dimensions size) => size.PixelCount >= MinPixels && size.PixelCount <= MaxPixels;

    /// <summary>The legal size nearest to the wanted one: of exactly its shape where there is one, and then with about as many pixels.</summary>
    public Dimensions Nearest(Dimensions wanted) =>
        SizesOfShape(wanted) is [_, ..] exact ? exact.MinBy(size => AreaDistance(size, wanted.PixelCount)) : NearestOfShape(wanted, wanted.PixelCount);

    /// <summary>The largest legal size of a shape: of exactly that shape where there is one.</summary>
    public Dimensions Largest(Dimensions shape) => SizesOfShape(shape) is [.., var largest] ? largest : NearestOfShape(shape, MaxPixels);

    /// <summary>A canvas of a wanted shape and of about the pixels of the presets: exactly that shape where that takes no unusual size.</summary>
    /// <param name="shape">Its two numbers are in proportion as width to height.</param>
    public Dimensions ChooseForShape(Dimensions shape) =>
        Chosen.SizesOfShape(shape).Where(size => AreaDistance(size, OrdinaryPixels) < Math.Log(2)).OrderBy(size => AreaDistance(size, OrdinaryPixels)).Cast<Dimensions?>().FirstOrDefault()
        ?? Chosen.NearestOfShape(shape, OrdinaryPixels);

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

    /// <returns>The given size; else the canvas from which the size to deliver is cropped; else a square.</returns>
    public Dimensions ChooseSize(Dimensions? given, Dimensions? resizeTo) => given ?? (resizeTo is { } target ? ChooseForDelivery(target) : SizePreset.Square.Size);

    /// <summary>
    /// The canvas for a size to deliver: of exactly its shape where there is a legal one, so that nothing is cut away, and the smallest that is no
    /// smaller, so that nothing is enlarged where it need not be.
    /// </summary>
    public Dimensions ChooseForDelivery(Dimensions target)
    {
        if (Chosen is var chosen && chosen != this)
        {
            return chosen.ChooseForDelivery(target);
        }

        var exact = SizesOfShape(target);
        return exact is [] ? SmallestContaining(target) ?? NearestOfShape(target, MaxPixels)
            : exact.Where(size => size.Width >= target.Width).DefaultIfEmpty(exact[^1]).First();
    }

    /// <summary>The smallest canvas that holds an image which is to be edited as a whole, or the largest of its shape where none holds it.</summary>
    public Dimensions ChooseForEdit(Dimensions image)
    {
        if (Chosen is var chosen && chosen != this)
        {
            return chosen.ChooseForEdit(image);
        }

        var ratio = (double)image.Width / image.Height;
        Dimensions[] alike =
        [
            .. CandidatesNear(width => width / ratio).Concat(SizesOfShape(image))
                .Where(size => size.Width >= image.Width && size.Height >= image.Height && AspectMismatch(size, image) <= MaxMismatch),
        ];
        return alike is [] ? SmallestContaining(image) ?? ChooseForDelivery(image) : alike.MinBy(size => size.PixelCount * AspectMismatch(size, image));
    }

    /// <summary>A canvas of a reference's shape, for an edit without a given size and without a base.</summary>
    public Dimensions FollowReference(Dimensions shape) => Chosen.NearestOfShape(shape, OrdinaryPixels);

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

    /// <summary>The legal sizes of exactly one shape, smallest first.</summary>
    private Dimensions[] SizesOfShape(Dimensions shape)
    {
        var divisor = (int)BigInteger.GreatestCommonDivisor(shape.Width, shape.Height);
        var (width, height) = ((long)shape.Width / divisor * EdgeMultiple, (long)shape.Height / divisor * EdgeMultiple);
        var most = MaxEdge / Math.Max(width, height);
        return [.. Enumerable.Range(1, (int)most).Select(times => new Dimensions((int)(width * times), (int)(height * times))).Where(Allows)];
    }

    /// <summary>The legal size that is nearest to a shape and a number of pixels together; a shape beyond the greatest ratio counts as that ratio.</summary>
    private Dimensions NearestOfShape(Dimensions shape, long pixels)
    {
        var ratio = Math.Clamp((double)shape.Width / shape.Height, 1.0 / MaxRatio, MaxRatio);
        return CandidatesNear(width => width / ratio)
            .MinBy(size => (AspectWeight * Math.Abs(Math.Log((double)size.Width / size.Height / ratio))) + AreaDistance(size, pixels));
    }

    private static double AreaDistance(Dimensions size, long pixels) => Math.Abs(Math.Log((double)size.PixelCount / pixels));

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
