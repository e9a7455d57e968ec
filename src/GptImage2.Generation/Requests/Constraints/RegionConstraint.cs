using GptImage2.Generation.Models;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>An edit of a region names it in exactly one way, and is delivered losslessly.</summary>
internal sealed class RegionConstraint : IRequestConstraint
{
    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile) => request is not InpaintRequest inpaint ? [] :
    [
        .. CheckRegionOrMask(inpaint),
        .. inpaint.Region.SelectMany((shape, index) => RegionShapeInputValidator.Check(shape, $"region[{index}].")),
        .. CheckLosslessFormat(inpaint),
    ];

    private static IEnumerable<Violation> CheckRegionOrMask(InpaintRequest request)
    {
        if (request is { Region: [], Mask: null })
        {
            yield return new Violation("region", "region or mask, which say what may change,", "neither");
        }
        else if (request is { Region: not [], Mask: not null })
        {
            yield return new Violation("mask", "either region or mask", "both");
        }

        if (request.Feather < 0)
        {
            yield return new Violation("feather", "0 or more pixels", $"{request.Feather}", "0");
        }
    }

    /// <summary>JPEG changes every pixel a little, so it cannot promise that the rest is untouched.</summary>
    private static IEnumerable<Violation> CheckLosslessFormat(InpaintRequest request)
    {
        if (request is { Outside: OutsidePixels.Keep, Delivery.Format: ImageFormat.Jpeg })
        {
            yield return new Violation("format", "png or webp (jpeg only with outside model, because it alters every pixel)", "jpeg", "png");
        }
        else if (request is { Outside: OutsidePixels.Keep, Delivery: { Format: ImageFormat.Webp, Compression: not null } })
        {
            yield return new Violation("compression", "to be omitted (webp is written losslessly here, so that no other pixel changes)", "a value");
        }
    }
}

/// <summary>What a shape must say to be understood before the image's size is known.</summary>
public static class RegionShapeInputValidator
{
    private const int MaxPoints = 1000;

    /// <param name="path">The shape's place among the arguments, with a dot at the end.</param>
    public static IEnumerable<Violation> Check(RegionShapeInput shape, string path) =>
        shape.Shape is RegionShapeKind.Polygon ? CheckPolygon(shape, path) : CheckBox(shape, path);

    /// <summary>Coordinates above 1 without units. Where the image's size is known, the planner can say more.</summary>
    /// <param name="path">The shape's place among the arguments, with a dot at the end.</param>
    public static IEnumerable<Violation> CheckUnits(RegionShapeInput shape, string path)
    {
        if (shape.HasAmbiguousUnits)
        {
            yield return new Violation(
                path + "units",
                "pixels (of the original) or preview (of what was last shown), because fractions reach from 0 to 1",
                $"no units with {shape.Coordinates.Max()}");
        }
    }

    private static IEnumerable<Violation> CheckPolygon(RegionShapeInput shape, string path)
    {
        if (shape is { X: not null } or { Y: not null } or { Width: not null } or { Height: not null })
        {
            yield return new Violation(path + "points", "the corners alone for a polygon: omit x, y, width and height", "both");
        }

        if (shape.Points.Count is < 3 or > MaxPoints)
        {
            yield return new Violation(path + "points", $"3 to {MaxPoints} corners, each [x, y], as in [[0.1, 0.1], [0.5, 0.1], [0.3, 0.6]]", $"{shape.Points.Count}");
        }

        foreach (var (index, point) in shape.Points.Index().Where(entry => entry.Item.Count != 2))
        {
            yield return new Violation($"{path}points[{index}]", "two numbers, [x, y]", $"{point.Count}");
        }
    }

    private static IEnumerable<Violation> CheckBox(RegionShapeInput shape, string path)
    {
        if (shape.Points is not [])
        {
            var expected = $"to be omitted for a {shape.Shape.ToString().ToLowerInvariant()} (it has x, y, width and height; points make a polygon)";
            yield return new Violation(path + "points", expected, "a value");
        }

        foreach (var (name, side) in new[] { ("x", shape.X), ("y", shape.Y), ("width", shape.Width), ("height", shape.Height) })
        {
            if (side is null)
            {
                yield return new Violation(path + name, "a number", "nothing");
            }
            else if (name is "width" or "height" && side <= 0)
            {
                yield return new Violation(path + name, "more than 0", $"{side}");
            }
        }
    }
}
