namespace GptImage2.Mcp.Tools.Arguments.Reading;

/// <summary>A size as models write it: a text, a list of two numbers, or an object. Closed: these are all the cases there are.</summary>
internal abstract partial record SizeText
{
    /// <summary>Larger numbers are no size, and would not fit in one.</summary>
    private const int MaxEdge = 99_999;

    private const int MaxRatioTerm = 21;

    /// <summary>In characters: no size is longer.</summary>
    private const int MaxLength = 64;

    /// <summary>A lower number alone is no size.</summary>
    private const int MinSquare = 64;

    private SizeText()
    {
    }

    /// <summary>So many pixels.</summary>
    public sealed record Pixels(Dimensions Size) : SizeText;

    /// <summary>A shape only, in whole numbers.</summary>
    public sealed record Shape(Dimensions Ratio) : SizeText;

    /// <summary>As large as can be.</summary>
    public sealed record Largest : SizeText;

    /// <summary>Nothing in particular.</summary>
    public sealed record Unset : SizeText;

    /// <returns>Null where it can mean no size.</returns>
    public static SizeText? Parse(JsonElement written) => written.ValueKind switch
    {
        JsonValueKind.String when written.GetString() is { Length: <= MaxLength } text => Parse(text),
        JsonValueKind.Number when written.TryGetInt32(out var edge) && edge >= MinSquare => ToPixels(edge, edge),
        JsonValueKind.Array when written.GetArrayLength() is 2 => ToPixelsOrShape(ReadNumber(written[0]), ReadNumber(written[1])),
        JsonValueKind.Object => ToPixelsOrShape(FindNumber(written, "width", "w"), FindNumber(written, "height", "h")),
        _ => null,
    };

    private static SizeText? Parse(string text) => text.Trim().ToLowerInvariant() switch
    {
        "" or "auto" or "default" or "original" or "same" or "same as original" or "same as input" or "same as base" or "as is" => new Unset(),
        "max" or "maximum" or "largest" => new Largest(),
        "4k" or "uhd" or "2160p" => ToPixels(3840, 2160),
        "1440p" or "qhd" => ToPixels(2560, 1440),
        "1080p" or "fullhd" or "full hd" or "fhd" => ToPixels(1920, 1080),
        "720p" => ToPixels(1280, 720),
        "1k" => ToPixels(1024, 1024),
        "2k" => ToPixels(2048, 2048),
        "4k portrait" or "portrait 4k" or "4k vertical" or "vertical 4k" => ToPixels(2160, 3840),
        "4k landscape" or "landscape 4k" or "4k wide" or "wide 4k" => ToPixels(3840, 2160),
        "banner" or "panorama" or "cover" => new Shape(new(3, 1)),
        "phone" or "mobile" or "wallpaper_phone" or "reel" => new Shape(new(9, 16)),
        "a3" or "a4" or "a5" or "letter" => new Shape(new(5, 7)),
        "poster" => new Shape(new(2, 3)),
        "wide" or "widescreen" or "horizontal" => new Shape(new(16, 9)),
        "tall" or "vertical" or "story" => new Shape(new(9, 16)),
        "square" => new Shape(new(1, 1)),
        "portrait" => new Shape(new(2, 3)),
        "landscape" => new Shape(new(3, 2)),
        var json when json is ['[' or '{', ..] => NestedJson.TryParse(json) is { } nested ? Parse(nested) : null,
        var number when ThousandsPattern.IsMatch(number) => int.Parse(number.Replace(",", "", StringComparison.Ordinal)) is var edge ? ToPixels(edge, edge) : null,
        var size when PixelPattern.Match(size) is { Success: true } match => ToPixelsOrShape(ReadNumber(match, 1), ReadNumber(match, 2)),
        var ratio when RatioPattern.Match(ratio) is { Success: true } match => ToShape(match.Groups[1].Value, match.Groups[2].Value),
        var number when DecimalPattern.IsMatch(number) => ToShape(number, "1"),
        var digits when int.TryParse(digits, NumberStyles.None, null, out var length) && length is >= MinSquare and <= MaxEdge => ToPixels(length, length),
        _ => null,
    };

    /// <summary>Two small numbers are rather a ratio than pixels: 3x2, 16x9.</summary>
    private static SizeText? ToPixelsOrShape(int? width, int? height) =>
        width is > 0 and <= MaxRatioTerm && height is > 0 and <= MaxRatioTerm ? new Shape(new Dimensions(width.Value, height.Value)) : ToPixels(width, height);

    private static Pixels? ToPixels(int? width, int? height) =>
        width is > 0 and <= MaxEdge && height is > 0 and <= MaxEdge ? new Pixels(new Dimensions(width.Value, height.Value)) : null;

    /// <summary>Decimals become whole numbers: 2.39:1 is 239:100.</summary>
    private static Shape? ToShape(string width, string height)
    {
        if (!decimal.TryParse(width, NumberStyles.AllowDecimalPoint, null, out var across) || !decimal.TryParse(height, NumberStyles.AllowDecimalPoint, null, out var down) || across <= 0 || down <= 0)
        {
            return null;
        }

        var scale = across % 1 is 0 && down % 1 is 0 ? 1 : 1000;
        return across * scale is >= 1 and <= MaxEdge && down * scale is >= 1 and <= MaxEdge ? new Shape(new Dimensions((int)(across * scale), (int)(down * scale))) : null;
    }

    private static int? FindNumber(JsonElement members, params string[] names) =>
        names.Select(name => members.TryGetProperty(name, out var value) ? ReadNumber(value) : null).FirstOrDefault(number => number is not null);

    private static int? ReadNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) && number is > 0 and <= MaxEdge => (int)Math.Round(number),
        JsonValueKind.String when int.TryParse(value.GetString()!.Trim().TrimEnd('p', 'x', ' '), NumberStyles.None, null, out var number) => number,
        _ => null,
    };

    private static int? ReadNumber(Match match, int group) => int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, null, out var number) ? number : null;

    /// <summary>1920x1080, 1920 x 1080px, 1920×1080, 1920*1080, 1920 by 1080, 1920,1080.</summary>
    [GeneratedRegex(@"^([0-9]{1,5})\s*(?:px|pixels)?\s*(?:x|×|\*|by|,)\s*([0-9]{1,5})\s*(?:px|pixels)?$")]
    private static partial Regex PixelPattern { get; }

    /// <summary>1,024.</summary>
    [GeneratedRegex("^[0-9]{1,2},[0-9]{3}$")]
    private static partial Regex ThousandsPattern { get; }

    /// <summary>16:9, 16/9, 16 to 9, 2.39:1.</summary>
    [GeneratedRegex(@"^([0-9]{1,5}(?:\.[0-9]{1,4})?)\s*(?::|/|to)\s*([0-9]{1,5}(?:\.[0-9]{1,4})?)$")]
    private static partial Regex RatioPattern { get; }

    /// <summary>1.91, as a ratio to one.</summary>
    [GeneratedRegex(@"^[0-9]\.[0-9]{1,4}$")]
    private static partial Regex DecimalPattern { get; }
}
