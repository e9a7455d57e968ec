using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Edits.Cases;

/// <summary>One edit of a part, and what anybody can know of it beforehand.</summary>
internal sealed record EditCase
{
    public required int Number { get; init; }

    public required InputKind Kind { get; init; }

    /// <summary>Of libvips, by name, or null.</summary>
    public string? Profile { get; init; }

    /// <summary>EXIF orientation.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>Upright, in pixels.</summary>
    public required Dimensions Size { get; init; }

    /// <summary>The region as a caller says it; empty with a mask.</summary>
    public IReadOnlyList<RegionShapeInput> Parts { get; init; } = [];

    public MaskFile? Mask { get; init; }

    public bool? Invert { get; init; }

    public int? Feather { get; init; }

    public OutsidePixels Outside { get; init; }

    public Delivery Delivery { get; init; } = new();

    public int Count { get; init; } = 1;

    public bool Stream { get; init; } = true;

    /// <summary>What changes.</summary>
    public required ExpectedRegion ExpectedRegion { get; init; }

    public string Prompt => $"a red boat, number {Number}";

    public override string ToString()
    {
        var region = Mask is { } mask ? $"mask {mask.Name} {mask.Size}" : string.Join(" + ", Parts.Select(DescribePart));
        return $"case {Number}: {Size} {Kind.Name}, profile {Profile ?? "none"}, orientation {Orientation}, {region}, invert {Invert}, feather {Feather}, "
            + $"outside {Outside}, {Delivery.Format}, count {Count}, stream {Stream}";
    }

    private static string DescribePart(RegionShapeInput part) => part.Points is []
        ? FormattableString.Invariant($"{part.Shape} {part.X},{part.Y} {part.Width}x{part.Height} {part.Units}")
        : $"{part.Shape} {string.Join(' ', part.Points.Select(point => FormattableString.Invariant($"{point[0]},{point[1]}")))} {part.Units}";
}

/// <summary>A mask as a file.</summary>
/// <param name="Name">Its file name, which says what it is.</param>
internal sealed record MaskFile(string Name, Dimensions Size, byte[] Bytes);
