using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>The canvas is one the model can draw. Each edge is blamed for itself, both for their ratio or product.</summary>
internal sealed class SizeConstraint : IRequestConstraint
{
    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile)
    {
        var (size, rules) = (request.Size, profile.Sizes);
        if (rules.Allows(size))
        {
            return [];
        }

        var nearest = rules.Nearest(size).ToString();
        Violation[] edges = [.. CheckEdges(size, rules, nearest)];
        return edges is not [] ? edges : [CreateAreaViolation(size, rules, nearest)];
    }

    private static IEnumerable<Violation> CheckEdges(Dimensions size, SizeRules rules, string nearest)
    {
        var expected = $"a multiple of {rules.EdgeMultiple} from {rules.MinEdge} to {rules.MaxEdge} pixels";
        return Violation.Collect(
            (!rules.AllowsEdge(size.Width), new("width", expected, $"{size.Width}", nearest)),
            (!rules.AllowsEdge(size.Height), new("height", expected, $"{size.Height}", nearest)));
    }

    private static Violation CreateAreaViolation(Dimensions size, SizeRules rules, string nearest) => new(
        "width and height",
        rules.AllowsRatio(size)
            ? $"{rules.MinPixels:N0} to {rules.MaxPixels:N0} pixels in all (width x height)"
            : $"a longer edge of at most {rules.MaxRatio} times the shorter one",
        rules.AllowsRatio(size) ? $"{size} ({size.PixelCount:N0} pixels)" : size.ToString(),
        nearest);
}
