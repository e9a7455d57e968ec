using GptImage2.Imaging.Regions;

namespace GptImage2.Imaging.Tests.Regions;

public sealed class FeatheringTests
{
    private static readonly Dimensions ImageSize = new(48, 36);

    [Fact]
    public void Rises_with_the_distance_from_what_stays_and_nowhere_outside()
    {
        var random = new Random(3);
        for (var i = 0; i < 12; i++)
        {
            var region = Random(random);
            var stays = Stays(region);
            var feather = random.Next(0, 9);
            var weights = region.GetFeatherWeights(new PixelArea(0, 0, ImageSize), feather);
            var byDistance = Positions().Where(at => region.Contains(at.X, at.Y))
                .Select(at => (Distance: Distance(stays, at.X, at.Y), Weight: weights[(at.Y * ImageSize.Width) + at.X])).OrderBy(one => one.Distance).ToList();

            stays.All(at => weights[(at.Y * ImageSize.Width) + at.X] == 0).ShouldBeTrue();
            byDistance.Where(one => one.Distance >= feather + 1).All(one => one.Weight == 255).ShouldBeTrue();
        }
    }

    [Fact]
    public void Is_a_smooth_step_of_the_exact_distance()
    {
        var region = RegionMask.FromShapes(ImageSize, [new RegionShape.Ellipse(2, 2, 40, 33)]);
        var stays = Stays(region);
        var weights = region.GetFeatherWeights(new PixelArea(0, 0, ImageSize), 7);

        foreach (var (x, y) in Positions().Where(at => region.Contains(at.X, at.Y)))
        {
            var share = Math.Min(1, Distance(stays, x, y) / 8);
            ((double)weights[(y * ImageSize.Width) + x]).ShouldBe(255 * share * share * (3 - (2 * share)), 1, $"{x},{y}");
        }
    }

    [Fact]
    public void Is_the_same_in_every_part_of_the_image()
    {
        var random = new Random(4);
        for (var i = 0; i < 20; i++)
        {
            var region = RegionMask.FromShapes(ImageSize, [new RegionShape.Ellipse(random.Next(20), random.Next(15), 25, 20)], invert: i % 2 == 0);
            var whole = region.GetFeatherWeights(new PixelArea(0, 0, ImageSize), 4);
            var area = new PixelArea(random.Next(20), random.Next(20), new Dimensions(20, 12));
            var part = region.GetFeatherWeights(area, 4);

            for (var y = 0; y < 12; y++)
            {
                part.AsSpan(y * 20, 20).SequenceEqual(whole.AsSpan(((area.Top + y) * ImageSize.Width) + area.Left, 20)).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void Is_the_same_in_a_tall_image_as_in_a_wide_one()
    {
        var tall = RegionMask.FromShapes(new Dimensions(40, 2300), [new RegionShape.Polygon([new(20, 3), new(38, 2000), new(5, 2290), new(12, 1000)])]);
        var wide = RegionMask.FromShapes(new Dimensions(2300, 40), [new RegionShape.Polygon([new(3, 20), new(2000, 38), new(2290, 5), new(1000, 12)])]);

        var down = tall.GetFeatherWeights(new PixelArea(0, 0, tall.ImageSize), 6);
        var across = wide.GetFeatherWeights(new PixelArea(0, 0, wide.ImageSize), 6);

        Enumerable.Range(0, down.Length).All(i => down[i] == across[(i % 40 * 2300) + (i / 40)]).ShouldBeTrue();
    }

    [Fact]
    public void The_images_own_edges_are_none_of_the_region()
    {
        var region = RegionMask.FromShapes(ImageSize, [new RegionShape.Rectangle(0, 0, 20, 36)]);
        var weights = region.GetFeatherWeights(new PixelArea(0, 0, ImageSize), 5);

        weights[0].ShouldBe((byte)255);
        weights[35 * 48].ShouldBe((byte)255);
        weights[19].ShouldBeInRange((byte)1, (byte)60);
        weights[20].ShouldBe((byte)0);
    }

    [Fact]
    public void An_island_too_thin_for_the_feather_still_has_a_core()
    {
        var region = RegionMask.FromShapes(ImageSize, [new RegionShape.Rectangle(1, 1, 40, 20), new RegionShape.Rectangle(5, 25, 30, 4)]);
        var weights = region.GetFeatherWeights(new PixelArea(0, 0, ImageSize), 5);

        weights[(26 * 48) + 20].ShouldBe((byte)255);
        weights[(10 * 48) + 20].ShouldBe((byte)255);
        weights[(1 * 48) + 20].ShouldBeLessThan((byte)40);
    }

    [Fact]
    public void Without_feather_the_edge_is_hard()
    {
        var region = Random(new Random(5));

        region.GetFeatherWeights(new PixelArea(0, 0, ImageSize), 0).ShouldBe(Positions().Select(at => region.Contains(at.X, at.Y) ? (byte)255 : (byte)0));
    }

    private static RegionMask Random(Random random) => RegionMask.FromShapes(
        ImageSize,
        [
            new RegionShape.Ellipse(random.Next(-5, 30), random.Next(-5, 20), random.Next(4, 30), random.Next(4, 30)),
            new RegionShape.Rectangle(random.Next(-5, 30), random.Next(-5, 20), random.Next(4, 30), random.Next(4, 30)),
        ],
        invert: random.Next(2) == 0);

    private static (int X, int Y)[] Stays(RegionMask region) => [.. Positions().Where(at => !region.Contains(at.X, at.Y))];

    private static double Distance((int X, int Y)[] stays, int x, int y)
    {
        var least = 1 << 20;
        foreach (var at in stays)
        {
            least = Math.Min(least, ((at.X - x) * (at.X - x)) + ((at.Y - y) * (at.Y - y)));
        }

        return Math.Sqrt(least);
    }

    private static IEnumerable<(int X, int Y)> Positions() =>
        from y in Enumerable.Range(0, ImageSize.Height) from x in Enumerable.Range(0, ImageSize.Width) select (x, y);
}
