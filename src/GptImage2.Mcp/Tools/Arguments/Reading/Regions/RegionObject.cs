namespace GptImage2.Mcp.Tools.Arguments.Reading.Regions;

/// <summary>One shape as an object, by whatever names.</summary>
internal static class RegionObject
{
    private static readonly Dictionary<string, string> Names = OtherWords.ToDictionary(
    [
        ("x", ["x", "left", "x1", "xmin", "minx", "x0"]),
        ("y", ["y", "top", "y1", "ymin", "miny", "y0"]),
        ("right", ["right", "x2", "xmax", "maxx"]),
        ("bottom", ["bottom", "y2", "ymax", "maxy"]),
        ("width", ["width", "w"]),
        ("height", ["height", "h"]),
        ("cx", ["cx", "centerx", "centrex"]),
        ("cy", ["cy", "centery", "centrey"]),
        ("radius", ["r", "radius"]),
        ("rx", ["rx"]),
        ("ry", ["ry"]),
    ]);

    private static readonly Dictionary<string, string> Shapes = OtherWords.ToDictionary(
    [
        ("ellipse", ["circle", "oval"]),
        ("rectangle", ["box", "rect", "square"]),
        ("polygon", ["lasso"]),
    ]);

    private static readonly Dictionary<string, string> Units = OtherWords.ToDictionary(
    [
        ("pixels", ["px", "pixel", "absolute"]),
        ("fractions", ["fraction", "relative", "normalized", "normalised"]),
        ("percent", ["percent", "percentage", "%"]),
    ]);

    /// <returns>The shape as it is written here; null where it is, or where nothing could be made of it.</returns>
    public static RegionShapeText? Normalize(JsonElement item)
    {
        var (numbers, percents, finished, isOurs) = (new Dictionary<string, double>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal), new JsonObject(), true);
        foreach (var member in item.EnumerateObject())
        {
            isOurs &= Read(member, numbers, percents, finished);
        }

        if (isOurs)
        {
            return null;
        }

        var isPercent = finished["units"] is JsonValue units && units.TryGetValue<string>(out var name) && name is "percent";
        if (isPercent || percents.Count > 0)
        {
            ToFractions(numbers, percents, finished, isPercent);
        }

        var isCircle = numbers.ContainsKey("radius");
        if ((isCircle || numbers.ContainsKey("rx")) && !numbers.ContainsKey("cx") && !numbers.ContainsKey("width") && numbers.Remove("x", out var x) && numbers.Remove("y", out var y))
        {
            // A radius is measured from the centre.
            (numbers["cx"], numbers["cy"]) = (x, y);
        }

        AddBox(numbers, finished);
        var inFractions = numbers.Values.All(number => number <= 1);
        return new RegionShapeText(
            finished,
            isCircle && inFractions ? "a box: in fractions a circle is as wide as high only on a square image, so say x, y, width and height" : null);
    }

    /// <returns>Whether the member is one of ours as it stands.</returns>
    private static bool Read(JsonProperty member, Dictionary<string, double> numbers, HashSet<string> percents, JsonObject finished)
    {
        var (simple, value) = (member.Name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant(), member.Value);
        if (simple is "shape" or "type" or "kind" or "units" or "unit" && value.ValueKind is JsonValueKind.String)
        {
            var (name, words) = simple is "units" or "unit" ? ("units", Units) : ("shape", Shapes);
            var meant = words.GetValueOrDefault(value.GetString()!.Trim());
            finished[name] = meant ?? value.GetString();
            return meant is null && name == member.Name;
        }

        if (simple is "box" or "bbox" or "rect" or "boundingbox" && value.ValueKind is JsonValueKind.Array && RegionShapeText.Parse(value) is { Doubt: null } box)
        {
            foreach (var (side, length) in box.Shape)
            {
                numbers[side] = length!.GetValue<double>();
            }

            return false;
        }

        if (simple is "points" or "polygon" or "vertices" or "corners" && value.ValueKind is JsonValueKind.Array && RegionPoints.Read(value) is { } points)
        {
            finished["points"] = points;
            return member.Name is "points" && value.EnumerateArray().All(point => point.ValueKind is JsonValueKind.Array);
        }

        if (simple is "center" or "centre" && RegionPoints.ReadPoint(value) is var (x, y))
        {
            (numbers["cx"], numbers["cy"]) = (x, y);
            return false;
        }

        if (Names.TryGetValue(simple, out var meaning) && RegionPoints.ReadNumber(value) is { } number && !numbers.ContainsKey(meaning))
        {
            numbers[meaning] = number;
            if (RegionPoints.IsPercent(value))
            {
                percents.Add(meaning);
                return false;
            }

            return meaning == member.Name && meaning is "x" or "y" or "width" or "height";
        }

        finished[member.Name] = JsonNode.Parse(value.GetRawText());
        return true;
    }

    private static void ToFractions(Dictionary<string, double> numbers, HashSet<string> percents, JsonObject finished, bool isPercent)
    {
        finished["units"] = "fractions";
        if (!isPercent)
        {
            return;
        }

        foreach (var name in numbers.Keys.Except(percents).ToArray())
        {
            numbers[name] /= 100;
        }

        if (finished["points"] is JsonArray points)
        {
            finished["points"] = new JsonArray([.. points.Select(point => new JsonArray([.. point!.AsArray().Select(number => (JsonNode)RegionShapeText.Round(number!.GetValue<double>() / 100))]))]);
        }
    }

    /// <summary>Left, top, width and height from whatever says them.</summary>
    private static void AddBox(Dictionary<string, double> numbers, JsonObject finished)
    {
        if (numbers.ContainsKey("radius") || numbers.ContainsKey("rx"))
        {
            finished["shape"] ??= "ellipse";
        }

        AddSide(numbers, finished, "x", "width", "right", "cx", "rx");
        AddSide(numbers, finished, "y", "height", "bottom", "cy", "ry");
    }

    private static void AddSide(Dictionary<string, double> numbers, JsonObject finished, string start, string length, string end, string centre, string radius)
    {
        double? Find(string name) => numbers.TryGetValue(name, out var number) ? number : null;
        var half = Find(radius) ?? Find("radius");
        var size = Find(length) ?? (half * 2) ?? (Find(end) - Find(start));
        var from = Find(start) ?? (Find(centre) - (size / 2)) ?? (Find(end) - size);
        if (from is { } first)
        {
            finished[start] = RegionShapeText.Round(first);
        }

        if (size is { } extent)
        {
            finished[length] = RegionShapeText.Round(extent);
        }
    }
}
