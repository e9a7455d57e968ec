using System.Globalization;
using GptImage2.Generation.Errors;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>What a part must say to be understood, before anybody has seen the picture.</summary>
public static class RegionShapeInputValidator
{
    private const int MaxPoints = 1000;

    /// <param name="path">Where the part stands among the arguments, with a dot at the end.</param>
    public static IEnumerable<Violation> Check(RegionShapeInput part, string path) =>
        part.Shape is RegionShapeKind.Polygon ? CheckPolygon(part, path) : CheckBox(part, path);

    /// <summary>Numbers that no fraction can be, without saying what they count. Who can look at the picture first can say more.</summary>
    /// <param name="path">Where the part stands among the arguments, with a dot at the end.</param>
    public static IEnumerable<Violation> CheckUnits(RegionShapeInput part, string path)
    {
        if (part.HasAmbiguousUnits)
        {
            yield return new Violation(
                path + "units",
                "pixels (of the original) or preview (of what was last shown), because fractions reach from 0 to 1",
                Invariant($"no units with {part.Coordinates.Max()}"));
        }
    }

    private static IEnumerable<Violation> CheckPolygon(RegionShapeInput part, string path)
    {
        if (part is { X: not null } or { Y: not null } or { Width: not null } or { Height: not null })
        {
            yield return new Violation(path + "points", "the corners alone for a polygon: omit x, y, width and height", "both");
        }

        if (part.Points.Count is < 3 or > MaxPoints)
        {
            yield return new Violation(path + "points", Invariant($"3 to {MaxPoints} corners, each [x, y], as in [[0.1, 0.1], [0.5, 0.1], [0.3, 0.6]]"), Invariant($"{part.Points.Count}"));
        }

        foreach (var (point, index) in part.Points.Select((point, index) => (point, index)).Where(entry => entry.point.Count != 2))
        {
            yield return new Violation(Invariant($"{path}points[{index}]"), "two numbers, [x, y]", Invariant($"{point.Count}"));
        }
    }

    private static IEnumerable<Violation> CheckBox(RegionShapeInput part, string path)
    {
        if (part.Points is not [])
        {
            yield return new Violation(path + "points", $"to be omitted for a {part.Shape.ToString().ToLowerInvariant()} (it has x, y, width and height; points make a polygon)", "a value");
        }

        foreach (var (name, side) in new[] { ("x", part.X), ("y", part.Y), ("width", part.Width), ("height", part.Height) })
        {
            if (side is null)
            {
                yield return new Violation(path + name, "a number", "nothing");
            }
            else if (name is "width" or "height" && side <= 0)
            {
                yield return new Violation(path + name, "more than 0", Invariant($"{side}"));
            }
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
