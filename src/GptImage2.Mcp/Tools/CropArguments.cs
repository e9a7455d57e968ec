using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using GptImage2.Generation.Failures;
using GptImage2.Imaging;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Tools;

/// <summary>A rectangle of a picture as a model writes it.</summary>
internal sealed record CropArguments
{
    public double? X { get; init; }

    public double? Y { get; init; }

    public double? Width { get; init; }

    public double? Height { get; init; }

    public CropUnits? Units { get; init; }

    public static JsonObject Schema(string description)
    {
        var schema = Results.Schema.Object(
            new JsonObject
            {
                ["x"] = Results.Schema.Number(),
                ["y"] = Results.Schema.Number(),
                ["width"] = Results.Schema.Number(),
                ["height"] = Results.Schema.Number(),
                ["units"] = Results.Schema.OneOf("fractions (default): 0-1 of the picture. pixels: of the original. preview: pixels of the preview.", ["fractions", "pixels", "preview"]),
            },
            "x",
            "y",
            "width",
            "height");
        schema["description"] = description;
        return schema;
    }

    /// <param name="path">Where the rectangle stands among the arguments, with a dot at the end.</param>
    public IEnumerable<Violation> Check(string path)
    {
        if (Units is null && Sides().Any(side => side > 1))
        {
            yield return new Violation(
                path + "units",
                "pixels (of the original) or preview (pixels of the preview), because fractions reach from 0 to 1",
                string.Create(CultureInfo.InvariantCulture, $"no units with {Sides().Max()}"));
        }

        foreach (var (name, side) in new[] { ("width", Width), ("height", Height) })
        {
            if (side <= 0)
            {
                yield return new Violation(path + name, "more than 0", string.Create(CultureInfo.InvariantCulture, $"{side}"));
            }
        }
    }

    /// <summary>The rectangle in pixels of the oriented original, cut to what lies inside it.</summary>
    /// <exception cref="InvalidRequestException">Nothing of it lies inside.</exception>
    public PixelArea Resolve(Dimensions original)
    {
        var preview = PictureBlocks.PreviewSize(original);
        var (scaleX, scaleY) = Units switch
        {
            CropUnits.Pixels => (1.0, 1.0),
            CropUnits.Preview => ((double)original.Width / preview.Width, (double)original.Height / preview.Height),
            _ => (original.Width, (double)original.Height),
        };

        var (left, right) = Span(X!.Value * scaleX, Width!.Value * scaleX, original.Width);
        var (top, bottom) = Span(Y!.Value * scaleY, Height!.Value * scaleY, original.Height);
        return right > left && bottom > top
            ? new PixelArea(left, top, new Dimensions(right - left, bottom - top))
            : throw new InvalidRequestException([new Violation("crop", $"a part of the picture, which is {original} pixels", "one that lies outside it")]);
    }

    private static (int From, int To) Span(double start, double length, int limit) =>
        ((int)Math.Clamp(Math.Floor(start), 0, limit), (int)Math.Clamp(Math.Ceiling(start + length), 0, limit));

    private IEnumerable<double> Sides() => new[] { X, Y, Width, Height }.OfType<double>();
}

/// <summary>What the numbers of a rectangle count.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CropUnits>))]
internal enum CropUnits
{
    [JsonStringEnumMemberName("fractions")]
    Fractions,

    [JsonStringEnumMemberName("pixels")]
    Pixels,

    [JsonStringEnumMemberName("preview")]
    Preview,
}
