namespace GptImage2.Mcp.Tools.Arguments.Reading.Regions;

/// <summary>Words for a part of an image, as in "top-right" or "left half".</summary>
internal static class RegionWords
{
    private static readonly string[] Filler = ["the", "of", "image", "corner", "part", "quarter", "half", "side", "area", "region", "quadrant", "picture"];

    /// <returns>The quarter or the half that is named, in fractions; null where the words name something else.</returns>
    public static JsonObject? Find(string words)
    {
        string[] left = [.. words.ToLowerInvariant().Split([' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries).Except(Filler)];
        return left switch
        {
            ["top" or "upper", "left"] => RegionShapeText.Box(0, 0, 0.5, 0.5),
            ["top" or "upper", "right"] => RegionShapeText.Box(0.5, 0, 0.5, 0.5),
            ["bottom" or "lower", "left"] => RegionShapeText.Box(0, 0.5, 0.5, 0.5),
            ["bottom" or "lower", "right"] => RegionShapeText.Box(0.5, 0.5, 0.5, 0.5),
            ["top" or "upper"] => RegionShapeText.Box(0, 0, 1, 0.5),
            ["bottom" or "lower"] => RegionShapeText.Box(0, 0.5, 1, 0.5),
            ["left"] => RegionShapeText.Box(0, 0, 0.5, 1),
            ["right"] => RegionShapeText.Box(0.5, 0, 0.5, 1),
            ["center" or "centre" or "middle"] => RegionShapeText.Box(0.25, 0.25, 0.5, 0.5),
            _ => null,
        };
    }
}
