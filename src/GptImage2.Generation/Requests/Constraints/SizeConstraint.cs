using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>
/// The canvas is one the model can draw. Each edge is blamed for itself, both for their ratio or product. A size that no canvas has and that can
/// be delivered all the same is what resize_to is for.
/// </summary>
internal sealed class SizeConstraint : IRequestConstraint
{
    /// <summary>In pixels: nobody means an image with a shorter edge.</summary>
    private const int SmallestMeant = 8;

    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile)
    {
        var (size, rules) = (request.Size, profile.Sizes);
        if (rules.Allows(size))
        {
            return [];
        }

        var answer = Answer.Find(size, request.Delivery.ResizeTo, rules);
        Violation[] edges = [.. CheckEdges(size, rules, answer)];
        return edges is not [] ? edges : [CreateAreaViolation(size, rules, answer)];
    }

    /// <summary>Takes arguments out of a call.</summary>
    internal static IEnumerable<Repair> Without(params string[] arguments) => arguments.Select(argument => new Repair(argument, null));

    private static IEnumerable<Violation> CheckEdges(Dimensions size, SizeRules rules, Answer answer)
    {
        var expected = $"a multiple of {rules.EdgeMultiple} from {rules.MinEdge} to {rules.MaxEdge} pixels";
        var isWidthLegal = rules.AllowsEdge(size.Width);
        return Violation.Collect(
            (!isWidthLegal, new("width", expected, $"{size.Width}", answer.Nearest) { Repairs = answer.Repairs }),
            (!rules.AllowsEdge(size.Height), new("height", expected, $"{size.Height}", isWidthLegal ? answer.Nearest : "as for width") { Repairs = answer.Repairs }));
    }

    private static Violation CreateAreaViolation(Dimensions size, SizeRules rules, Answer answer) => new(
        "width and height",
        rules.AllowsRatio(size)
            ? $"{rules.MinPixels:N0} to {rules.MaxPixels:N0} pixels in all (width x height)"
            : $"a longer edge of at most {rules.MaxRatio} times the shorter one",
        rules.AllowsRatio(size) ? $"{size} ({size.PixelCount:N0} pixels)" : size.ToString(),
        answer.Nearest)
    { Repairs = answer.Repairs };

    /// <param name="Nearest">In words: the nearest canvas, or what delivers exactly the size.</param>
    private sealed record Answer(string Nearest, IReadOnlyList<Repair> Repairs)
    {
        public static Answer Find(Dimensions size, Dimensions? resizeTo, SizeRules rules)
        {
            var nearest = rules.Nearest(size);
            var isDeliverable = DeliveryConstraint.CanDeliver(size) && !DeliveryCrop.Between(rules.ChooseForDelivery(size), size).IsTooMuch;
            return (resizeTo, isDeliverable) switch
            {
                _ when Math.Min(size.Width, size.Height) < SmallestMeant => new Answer($"{nearest}", [new Repair("width", null) { IsGuess = true }, .. Without("height", "preset")]),
                ({ } given, _) => new Answer($"neither width nor height, because resize_to {given} alone chooses a canvas; or {nearest}", [.. Without("preset", "width", "height")]),
                (null, true) => new Answer(
                    $"resize_to \"{size}\" alone, which delivers exactly that; or the canvas {nearest}", [.. Without("preset", "width", "height"), new Repair("resize_to", $"{size}")]),
                _ => new Answer($"{nearest}", [new Repair("width", nearest.Width), new Repair("height", nearest.Height), .. Without("preset")]),
            };
        }
    }
}
