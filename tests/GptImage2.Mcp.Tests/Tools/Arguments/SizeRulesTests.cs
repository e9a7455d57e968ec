using GptImage2.Generation.Models;
using GptImage2.Imaging;

namespace GptImage2.Mcp.Tests.Tools.Arguments;

/// <summary>Holds what the rules of sizes compute against trying out every size there is.</summary>
public sealed class SizeRulesTests
{
    private static readonly SizeRules Rules = KnownModels.Resolve(KnownModels.Default).Sizes;

    /// <summary>Every multiple of 16 up to the largest edge, below the smallest edge too.</summary>
    private static readonly Dimensions[] Legal =
    [
        .. from width in Enumerable.Range(1, 240)
           from height in Enumerable.Range(1, 240)
           let size = new Dimensions(16 * width, 16 * height)
           where size.PixelCount is >= 655_360 and <= 8_294_400 && size.Width <= 3 * size.Height && size.Height <= 3 * size.Width
           select size,
    ];

    [Fact]
    public void The_least_edge_is_derived_from_pixels_and_ratio() => Legal.Min(size => Math.Min(size.Width, size.Height)).ShouldBe(Rules.MinEdge);

    [Fact]
    public void Exactly_the_legal_sizes_are_allowed()
    {
        var legal = Legal.ToHashSet();

        foreach (var width in Enumerable.Range(1, 250).Select(n => n * 16))
        {
            foreach (var height in Enumerable.Range(1, 250).Select(n => n * 16))
            {
                var size = new Dimensions(width, height);
                Rules.Allows(size).ShouldBe(legal.Contains(size));
            }
        }
    }

    [Fact]
    public void The_nearest_size_is_the_nearest_of_all()
    {
        foreach (var wanted in Wanted())
        {
            var nearest = Rules.Nearest(wanted);

            Rules.Allows(nearest).ShouldBeTrue();
            Distance(nearest, wanted).ShouldBe(Legal.Min(size => Distance(size, wanted)), 1e-12, $"{wanted}");
        }
    }

    [Fact]
    public void The_smallest_canvas_that_holds_a_size_is_the_best_of_all()
    {
        foreach (var wanted in Wanted())
        {
            var holding = Legal.Where(size => size.Width >= wanted.Width && size.Height >= wanted.Height).ToArray();
            var smallest = Rules.SmallestContaining(wanted);

            smallest.HasValue.ShouldBe(holding is not []);
            if (smallest is { } canvas)
            {
                holding.ShouldContain(canvas);
                Waste(canvas, wanted).ShouldBe(holding.Min(size => Waste(size, wanted)), 1e-6, $"{wanted}");
            }
        }
    }

    private static IEnumerable<Dimensions> Wanted()
    {
        var random = new Random(7);
        int[] edges = [1, 15, 16, 479, 480, 481, 1024, 2160, 2880, 2881, 3839, 3840, 3841, 16_000, int.MaxValue];
        return [.. Enumerable.Range(0, 60).Select(_ => new Dimensions(Edge(), Edge()))];

        int Edge() => random.Next(2) is 0 ? edges[random.Next(edges.Length)] : random.Next(1, 4200);
    }

    private static double Distance(Dimensions a, Dimensions b) =>
        Math.Pow(Math.Log((double)a.Width / b.Width), 2) + Math.Pow(Math.Log((double)a.Height / b.Height), 2);

    private static double Waste(Dimensions canvas, Dimensions wanted)
    {
        var ratio = (double)canvas.Width / canvas.Height / ((double)wanted.Width / wanted.Height);
        return canvas.PixelCount * Math.Max(ratio, 1 / ratio);
    }
}
