using GptImage2.Imaging.Regions;

namespace GptImage2.Imaging.Tests.Regions;

public sealed class RegionMaskTests
{
    private static readonly Dimensions ImageSize = new(60, 40);

    [Fact]
    public void A_pixel_belongs_to_a_shape_when_its_centre_does()
    {
        var random = new Random(1);
        for (var i = 0; i < 40; i++)
        {
            var (left, top) = ((random.NextDouble() * 70) - 10, (random.NextDouble() * 50) - 10);
            var (width, height) = (1.5 + (random.NextDouble() * 40), 1.5 + (random.NextDouble() * 40));
            ShouldCover(new RegionShape.Rectangle(left, top, width, height), (x, y) => x >= left && x < left + width && y >= top && y < top + height);
            ShouldCover(new RegionShape.Ellipse(left, top, width, height), (x, y) => Square((x - left - (width / 2)) / width) + Square((y - top - (height / 2)) / height) <= 0.25);
        }
    }

    [Fact]
    public void A_polygon_covers_what_it_winds_around_even_where_it_crosses_itself()
    {
        var random = new Random(2);
        for (var i = 0; i < 40; i++)
        {
            RegionPoint[] points = [.. Enumerable.Range(0, random.Next(3, 9)).Select(_ => new RegionPoint((random.NextDouble() * 80) - 10, (random.NextDouble() * 60) - 10))];

            ShouldCover(new RegionShape.Polygon(points), (x, y) => Winding(points, x, y) != 0);
        }
    }

    [Theory]
    [InlineData(10.1, 10.1, 0.2, 0.2, 1)]
    [InlineData(10.6, 5, 0.3, 20, 20)]
    [InlineData(-5, 39.7, 100, 0.3, 60)]
    [InlineData(-3, -3, 3.2, 3.2, 1)]
    public void A_shape_thinner_than_a_pixel_does_not_vanish(double left, double top, double width, double height, int pixels)
    {
        Pixels(RegionMask.FromShapes(ImageSize, [new RegionShape.Rectangle(left, top, width, height)])).ShouldBe(pixels);
    }

    [Fact]
    public void Neither_do_thin_ellipses_and_polygons()
    {
        Pixels(RegionMask.FromShapes(ImageSize, [new RegionShape.Ellipse(10.6, 5, 0.3, 20)])).ShouldBeGreaterThan(10);
        Pixels(RegionMask.FromShapes(ImageSize, [new RegionShape.Polygon([new(10.1, 10.1), new(10.2, 10.1), new(10.2, 10.2)])])).ShouldBe(1);
        Pixels(RegionMask.FromShapes(ImageSize, [new RegionShape.Polygon([new(5, 5), new(25, 5)])])).ShouldBeGreaterThan(15);
    }

    [Fact]
    public void Shapes_are_united_and_inverting_swaps_what_changes()
    {
        RegionShape[] shapes = [new RegionShape.Rectangle(0, 0, 10, 10), new RegionShape.Rectangle(5, 5, 10, 10)];
        var region = RegionMask.FromShapes(ImageSize, shapes);
        var inverted = RegionMask.FromShapes(ImageSize, shapes, invert: true);

        region.Coverage.ShouldBe(175.0 / 2400);
        region.Bounds.ShouldBe(new PixelArea(0, 0, new Dimensions(15, 15)));
        region.ShorterSide.ShouldBe(15);
        region.MaxFeather.ShouldBe(3);
        inverted.Coverage.ShouldBe(1 - (175.0 / 2400), 1e-12);
        inverted.Contains(3, 3).ShouldBeFalse();
        inverted.Contains(59, 39).ShouldBeTrue();
        inverted.Contains(60, 39).ShouldBeFalse();
    }

    [Fact]
    public void Outside_the_image_nothing_changes()
    {
        RegionShape[] outside = [new RegionShape.Rectangle(60, 0, 10, 10), new RegionShape.Ellipse(-20, 0, 20, 10), new RegionShape.Polygon([new(0, -5), new(9, -5), new(5, -1)]), new RegionShape.Polygon([])];
        var region = RegionMask.FromShapes(ImageSize, outside);

        region.IsEmpty.ShouldBeTrue();
        region.ShorterSide.ShouldBe(0);
        Should.Throw<InvalidOperationException>(() => region.Bounds);
        RegionMask.FromShapes(ImageSize, outside, invert: true).IsFull.ShouldBeTrue();
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1, -1)]
    public void Coordinates_that_are_none_are_refused(double left, double width) =>
        Should.Throw<ArgumentOutOfRangeException>(() => RegionMask.FromShapes(ImageSize, [new RegionShape.Rectangle(left, 0, width, 5)]));

    [Fact]
    public void Coordinates_far_outside_cost_nothing() =>
        RegionMask.FromShapes(ImageSize, [new RegionShape.Polygon([new(-1e12, 20), new(30, -1e12), new(1e12, 20), new(30, 1e12)]), new RegionShape.Polygon([new(-1e12, 3.2), new(1e12, 3.2)])]).IsFull.ShouldBeTrue();

    [Theory]
    [InlineData(6000, 4000, 300, 32)]
    [InlineData(1000, 800, 300, 8)]
    [InlineData(100, 80, 60, 4)]
    [InlineData(6000, 4000, 10, 2)]
    [InlineData(6000, 4000, 3, 0)]
    public void The_feather_goes_with_the_image_and_leaves_a_core(int width, int height, int shorterSide, int feather) =>
        RegionMask.DefaultFeather(new Dimensions(width, height), shorterSide).ShouldBe(feather);

    private static void ShouldCover(RegionShape shape, Func<double, double, bool> expected)
    {
        var region = RegionMask.FromShapes(ImageSize, [shape]);
        var belongs = Positions().Where(at => expected(at.X + 0.5, at.Y + 0.5)).ToHashSet();
        // What covers no centre is drawn thinly, which is not looked at here.
        if (belongs.Count > 0)
        {
            belongs.SetEquals(Positions().Where(at => region.Contains(at.X, at.Y))).ShouldBeTrue($"{shape}");
        }
    }

    private static int Pixels(RegionMask region) => Positions().Count(at => region.Contains(at.X, at.Y));

    private static IEnumerable<(int X, int Y)> Positions() =>
        from y in Enumerable.Range(0, ImageSize.Height) from x in Enumerable.Range(0, ImageSize.Width) select (x, y);

    private static int Winding(RegionPoint[] points, double x, double y)
    {
        var winding = 0;
        for (var i = 0; i < points.Length; i++)
        {
            var (from, to) = (points[i], points[(i + 1) % points.Length]);
            var side = ((to.X - from.X) * (y - from.Y)) - ((to.Y - from.Y) * (x - from.X));
            winding += from.Y <= y && to.Y > y && side > 0 ? 1 : from.Y > y && to.Y <= y && side < 0 ? -1 : 0;
        }

        return winding;
    }

    private static double Square(double value) => value * value;
}
