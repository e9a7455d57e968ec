using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Models;
using GptImage2.Imaging;

namespace GptImage2.Mcp.Tests.Tools.Arguments;

/// <summary>Holds what the rules of sizes compute against trying out every size there is.</summary>
public sealed class SizeRulesTests
{
    private static readonly SizeRules Rules = OpenAIModels.Resolve(OpenAIModels.Default).Sizes;

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
    public void The_nearest_size_keeps_the_ratio_and_then_the_pixels()
    {
        foreach (var wanted in Wanted())
        {
            var nearest = Rules.Nearest(wanted);

            Rules.Allows(nearest).ShouldBeTrue();
            var exact = Legal.Where(size => HasShape(size, wanted)).ToArray();
            if (exact is not [])
            {
                HasShape(nearest, wanted).ShouldBeTrue($"{wanted} {nearest}");
                Pixels(nearest, wanted).ShouldBe(exact.Min(size => Pixels(size, wanted)), 1e-12, $"{wanted}");
            }
            else
            {
                // No legal size is nearer in shape without being further in pixels, nor the other way round.
                Legal.ShouldNotContain(size => Shape(size, wanted) < Shape(nearest, wanted) - 1e-9 && Pixels(size, wanted) < Pixels(nearest, wanted) - 1e-9, $"{wanted} {nearest}");
                Shape(nearest, wanted).ShouldBeLessThan(Legal.Min(size => Shape(size, wanted)) + 0.02, $"{wanted} {nearest}");
            }
        }
    }

    [Theory]
    [InlineData("7200x10800", "2336x3504")]
    [InlineData("1920x1080", "2048x1152")]
    [InlineData("5000x5000", "2880x2880")]
    [InlineData("32x32", "816x816")]
    [InlineData("800x600", "960x720")]
    [InlineData("1280x720", "1280x720")]
    [InlineData("3000x600", "3008x1008")]
    public void The_canvas_of_a_delivery_has_its_shape(string delivered, string canvas) =>
        Rules.ChooseForDelivery(Dimensions.Parse(delivered)).ToString().ShouldBe(canvas);

    [Fact]
    public void The_canvas_of_a_delivery_has_exactly_its_shape_wherever_a_legal_size_has()
    {
        foreach (var wanted in Wanted())
        {
            var canvas = Rules.ChooseForDelivery(wanted);
            var exact = Legal.Where(size => HasShape(size, wanted)).ToArray();

            Rules.Allows(canvas).ShouldBeTrue();
            if (exact is not [])
            {
                var holding = exact.Where(size => size.Width >= wanted.Width).ToArray();
                canvas.ShouldBe(holding is [] ? exact.MaxBy(size => size.Width) : holding.MinBy(size => size.Width), $"{wanted}");
            }
            else if (Rules.SmallestContaining(wanted) is { } smallest)
            {
                canvas.ShouldBe(smallest);
            }
        }
    }

    [Theory]
    [InlineData(21, 9, "1904x816")]
    [InlineData(16, 10, "1536x960")]
    [InlineData(4, 3, "1472x1104")]
    [InlineData(1, 2, "880x1760")]
    [InlineData(10, 1, "2160x720")]
    public void A_shape_alone_gets_an_ordinary_number_of_pixels(int width, int height, string canvas) =>
        Rules.ChooseForShape(new Dimensions(width, height)).ToString().ShouldBe(canvas);

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

    private static bool HasShape(Dimensions size, Dimensions shape) => (long)size.Width * shape.Height == (long)size.Height * shape.Width;

    private static double Shape(Dimensions size, Dimensions wanted)
    {
        var ratio = Math.Clamp((double)wanted.Width / wanted.Height, 1 / 3.0, 3);
        return Math.Abs(Math.Log((double)size.Width / size.Height / ratio));
    }

    private static double Pixels(Dimensions size, Dimensions wanted) => Math.Abs(Math.Log((double)size.PixelCount / wanted.PixelCount));

    private static double Waste(Dimensions canvas, Dimensions wanted)
    {
        var ratio = (double)canvas.Width / canvas.Height / ((double)wanted.Width / wanted.Height);
        return canvas.PixelCount * Math.Max(ratio, 1 / ratio);
    }
}
