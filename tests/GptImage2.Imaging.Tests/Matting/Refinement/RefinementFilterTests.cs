using System.Numerics;
using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Refinement;

namespace GptImage2.Imaging.Tests.Matting.Refinement;

public sealed class RefinementFilterTests
{
    private const int Width = 23;
    private const int Height = 17;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(40)]
    public void Running_sums_give_the_mean_of_each_window(int radius)
    {
        var random = new Random(radius);
        float[] values = [.. Enumerable.Range(0, Width * Height).Select(_ => random.NextSingle())];
        float[] means = [.. values];

        new BoxMean(values.Length, Width).Apply(means, Width, Height, radius);

        for (var place = 0; place < values.Length; place++)
        {
            means[place].ShouldBe(Around(place, radius).Average(near => values[near]), 1e-5f);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Extremes_are_those_of_each_window(bool largest)
    {
        var values = new byte[Width * Height];
        new Random(3).NextBytes(values);

        var found = WindowExtremes.Find(values, new Dimensions(Width, Height), 2, largest);

        for (var place = 0; place < values.Length; place++)
        {
            found[place].ShouldBe(largest ? Around(place, 2).Max(near => values[near]) : Around(place, 2).Min(near => values[near]));
        }
    }

    [Fact]
    public void Alpha_that_is_blurred_across_an_edge_of_the_image_moves_back_onto_it()
    {
        const int Edge = 40;
        var guide = new Vector3[Edge * Edge];
        var alpha = new float[Edge * Edge];
        for (var place = 0; place < guide.Length; place++)
        {
            guide[place] = place % Edge < 20 ? new Vector3(0.8f, 0.3f, 0.2f) : new Vector3(0.3f, 0.5f, 0.4f);
            alpha[place] = Math.Clamp((25 - (place % Edge)) / 10f, 0, 1);
        }

        new GuidedFilter(guide.Length, Edge, 1e-4f).Filter(guide, alpha, Edge, Edge, 6);

        alpha[(20 * Edge) + 19].ShouldBeGreaterThan(0.7f);
        alpha[(20 * Edge) + 20].ShouldBeLessThan(0.3f);
    }

    [Fact]
    public void A_mixture_of_two_colours_is_split_into_them()
    {
        const int Edge = 48;
        var (front, behind) = (new Vector3(0.9f, 0.4f, 0.1f), new Vector3(0.1f, 0.3f, 0.8f));
        var solver = new ForegroundColours(Edge);
        var (colours, alpha) = solver.Input;
        for (var place = 0; place < Edge * Edge; place++)
        {
            alpha[place] = Math.Clamp((30 - (place % Edge)) / 12f, 0, 1);
            colours[place] = Vector3.Lerp(behind, front, alpha[place]);
        }

        var foreground = solver.Solve(Edge, Edge);

        for (var x = 19; x < 29; x++)
        {
            (foreground[(24 * Edge) + x] - front).Length().ShouldBeLessThan(0.06f, $"at {x}, where alpha is {alpha[(24 * Edge) + x]}");
        }
    }

    private static IEnumerable<int> Around(int place, int radius) =>
        from y in Enumerable.Range((place / Width) - radius, (2 * radius) + 1)
        from x in Enumerable.Range((place % Width) - radius, (2 * radius) + 1)
        where x is >= 0 and < Width && y is >= 0 and < Height
        select (y * Width) + x;
}
