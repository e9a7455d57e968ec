using GptImage2.Generation.Models;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>An edit of a region names it in exactly one way, and is delivered losslessly.</summary>
internal sealed class RegionConstraint : IRequestConstraint
{
    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile) => request is not InpaintRequest inpaint ? [] :
    [
        .. CheckMaskAccepted(inpaint, profile),
        .. CheckRegionOrMask(inpaint),
        .. inpaint.Region.SelectMany((shape, index) => RegionShapeInputValidator.Check(shape, $"region[{index}].")),
        .. CheckLosslessFormat(inpaint),
    ];

    /// <summary>A region reaches the service as a mask, too.</summary>
    private static IEnumerable<Violation> CheckMaskAccepted(InpaintRequest request, ModelProfile profile) => Violation.Collect(
        (!profile.AcceptsMask,
            new(request.Mask is null ? "region" : "mask", $"neither region nor mask, because {profile.Model} takes none here: edit the image as a whole", "one")));

    private static IEnumerable<Violation> CheckRegionOrMask(InpaintRequest request) => Violation.Collect(
        (request is { Region: [], Mask: null },
            new("region", "region or mask, which say what may change (look where it is),", "neither") { Repairs = [new Repair("region", null) { Tool = "view_image" }] }),
        (request is { Region: not [], Mask: not null }, new("mask", "either region or mask", "both")),
        (request.Feather < 0, new("feather", "0 or more pixels", $"{request.Feather}", "0")));

    /// <summary>JPEG changes every pixel a little, so it cannot promise that the rest is untouched: only of an image that is one already it is taken.</summary>
    /// <param name="format">The image's.</param>
    internal static IEnumerable<Violation> CheckJpeg(InpaintRequest request, ImageFormat format)
    {
        if (request is not { Outside: OutsidePixels.Keep, Delivery.Format: ImageFormat.Jpeg } || format is ImageFormat.Jpeg)
        {
            return [];
        }

        const string Expected = "png or webp (jpeg only with outside model or for a jpeg image, because it alters every pixel)";
        var png = ImageFormat.Png.Name;
        return request.Delivery is { FormatFromExtension: true, SaveTo: { } path }
            ? [new("save_to", $"the extension of {Expected}", Violation.Quote(path), Path.ChangeExtension(path, png))]
            : [new("format", Expected, ImageFormat.Jpeg.Name, png) { Repairs = DeliveryConstraint.ToPng(request) }];
    }

    private static IEnumerable<Violation> CheckLosslessFormat(InpaintRequest request) => Violation.Collect(
        (request is { Outside: OutsidePixels.Keep, Delivery: { Format: ImageFormat.Webp, Compression: not null } },
            new("compression", "to be omitted (webp is written losslessly here, so that no other pixel changes)", "a value")));
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
    public static IEnumerable<Violation> CheckUnits(RegionShapeInput shape, string path) => shape.HasAmbiguousUnits
        ? [new Violation(
            path + "units",
            "pixels (of the original) or preview (of what was last shown), because fractions reach from 0 to 1",
            $"no units with {shape.Coordinates.Max()}")]
        : [];

    private static IEnumerable<Violation> CheckPolygon(RegionShapeInput shape, string path) =>
    [
        .. Violation.Collect(
            (shape is { X: not null } or { Y: not null } or { Width: not null } or { Height: not null },
                new(path + "points", "the corners alone for a polygon: omit x, y, width and height", "both")),
            (shape.Points.Count is < 3 or > MaxPoints,
                new(path + "points", $"3 to {MaxPoints} corners, each [x, y], as in [[0.1, 0.1], [0.5, 0.1], [0.3, 0.6]]", $"{shape.Points.Count}"))),
        .. shape.Points.Index()
            .Where(entry => entry.Item.Count != 2)
            .Select(entry => new Violation($"{path}points[{entry.Index}]", "two numbers, [x, y]", $"{entry.Item.Count}")),
    ];

    /// <summary>What is left of an image from there on, where the number is a fraction.</summary>
    private static string? FormatRest(double? start) => start is >= 0 and < 1 ? $"{Math.Round(1 - start.Value, 6)}" : null;

    private static IEnumerable<Violation> CheckBox(RegionShapeInput shape, string path) => Violation.Collect(
        (shape.Points is not [],
            new(
                path + "points",
                $"to be omitted for a {shape.Shape.ToString().ToLowerInvariant()} (it has x, y, width and height; points make a polygon)",
                "a value")),
        (shape.X is null, new(path + "x", "a number", "nothing")),
        (shape.Y is null, new(path + "y", "a number", "nothing")),
        (shape.Width is null, new(path + "width", "a number", "nothing", FormatRest(shape.X))),
        (shape.Width <= 0, new(path + "width", "more than 0", $"{shape.Width}")),
        (shape.Height is null, new(path + "height", "a number", "nothing", FormatRest(shape.Y))),
        (shape.Height <= 0, new(path + "height", "more than 0", $"{shape.Height}")));
}
