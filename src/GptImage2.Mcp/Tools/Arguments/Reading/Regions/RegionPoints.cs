namespace GptImage2.Mcp.Tools.Arguments.Reading.Regions;

/// <summary>Numbers of shapes: percents, and corners as pairs or as objects.</summary>
internal static class RegionPoints
{
    /// <summary>Beyond every image, and small enough to calculate with.</summary>
    private const double MaxNumber = 1e9;

    /// <summary>A number, or a text such as "20%", which is a fraction.</summary>
    public static double? ReadNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) && Math.Abs(number) <= MaxNumber => number,
        JsonValueKind.String => ReadNumber(value.GetString()!),
        _ => null,
    };

    public static bool IsPercent(JsonElement value) => value.ValueKind is JsonValueKind.String && value.GetString()!.Trim().EndsWith('%');

    /// <summary>All of a list, or null where one of them is no number.</summary>
    public static double[]? ReadNumbers(JsonElement list)
    {
        double?[] numbers = [.. list.EnumerateArray().Take(5).Select(ReadNumber)];
        return numbers is not [] && Array.TrueForAll(numbers, number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
    }

    /// <summary>As in "0.2, 0.2, 0.4, 0.1".</summary>
    public static double[]? ReadNumbers(string text)
    {
        double?[] numbers = [.. text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Take(5).Select(ReadNumber)];
        return numbers.Length is 4 && Array.TrueForAll(numbers, number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
    }

    /// <summary>Corners as [x, y] or {x, y}; null where one is neither.</summary>
    public static JsonArray? Read(JsonElement list)
    {
        var points = new JsonArray();
        foreach (var item in list.EnumerateArray())
        {
            if (ReadPoint(item) is not var (x, y))
            {
                return null;
            }

            points.Add((JsonNode)new JsonArray(RegionShapeText.Round(x), RegionShapeText.Round(y)));
        }

        return points;
    }

    public static (double X, double Y)? ReadPoint(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Array when item.GetArrayLength() is 2 && ReadNumber(item[0]) is { } x && ReadNumber(item[1]) is { } y => (x, y),
        JsonValueKind.Object when item.TryGetProperty("x", out var left) && item.TryGetProperty("y", out var top) && ReadNumber(left) is { } x && ReadNumber(top) is { } y => (x, y),
        _ => null,
    };

    private static double? ReadNumber(string text)
    {
        var number = text.Trim();
        var isPercent = number.EndsWith('%');
        return double.TryParse(number.TrimEnd('%', ' '), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, null, out var value) && Math.Abs(value) <= MaxNumber
            ? (isPercent ? value / 100 : value)
            : null;
    }
}
