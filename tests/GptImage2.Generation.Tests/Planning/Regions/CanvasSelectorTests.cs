using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Imaging;
using GptImage2.Imaging.Compositing;
using GptImage2.Testing.Seeds;

namespace GptImage2.Generation.Tests.Planning.Regions;

public sealed class CanvasSelectorTests
{
    private static readonly int Count = GeneratedCases.Count(all: 800);

    private static readonly SizeRules Rules = OpenAIModels.Resolve(OpenAIModels.Default).Sizes;

    private static readonly SizeRules Small = new()
    {
        EdgeMultiple = 8,
        MinEdge = 256,
        MaxEdge = 1024,
        MaxRatio = 4,
        MinPixels = 65_536,
        MaxPixels = 1_048_576,
        ExperimentalAbove = 1_048_576,
    };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Every_choice_is_legal_and_holds_the_region_without_distortion(int rules)
    {
        foreach (var (image, region) in Cases(new Random(1), Count))
        {
            var which = rules == 0 ? Rules : Small;
            var fit = CanvasSelector.Select(which, image, region);
            var told = $"{image}, {region}: {fit}";

            which.Allows(fit.Canvas).ShouldBeTrue(told);
            fit.Area.IsInside(image).ShouldBeTrue(told);
            Holds(fit.Area, region).ShouldBeTrue(told);
            fit.Scale.ShouldBeGreaterThan(0, told);
            fit.PadLeft.ShouldBeInRange(0, fit.Canvas.Width - fit.Scaled.Width, told);
            fit.PadTop.ShouldBeInRange(0, fit.Canvas.Height - fit.Scaled.Height, told);
        }
    }

    [Fact]
    public void Never_below_the_regions_own_resolution_where_a_canvas_holds_it_with_its_surroundings()
    {
        foreach (var (image, region) in Cases(new Random(2), Count))
        {
            var fit = CanvasSelector.Select(Rules, image, region);

            if (Rules.SmallestContaining(NeededContext.Around(region, image)) is not null)
            {
                fit.Scale.ShouldBeGreaterThanOrEqualTo(1, $"{image}, {region}: {fit}");
            }
        }
    }

    [Fact]
    public void Keeps_every_pixel_at_its_size_where_the_image_fills_half_the_canvas()
    {
        foreach (var (image, region) in Cases(new Random(3), Count))
        {
            var fit = CanvasSelector.Select(Rules, image, region);

            if (Rules.SmallestContaining(image) is { } canvas && image.PixelCount * 2 >= canvas.PixelCount)
            {
                fit.ShouldBe(new CanvasPlacement(
                    new PixelArea(0, 0, image), 1, canvas, (canvas.Width - image.Width) / 2, (canvas.Height - image.Height) / 2));
            }
        }
    }

    [Fact]
    public void A_detail_of_a_large_photograph_is_sent_with_context_around_it()
    {
        foreach (var (image, region) in Cases(new Random(4), Count, 4000, 6000).Where(one => one.Region.Size is { Width: < 900, Height: < 600 }))
        {
            var fit = CanvasSelector.Select(Rules, image, region);
            var told = $"{image}, {region}: {fit}";

            fit.Scale.ShouldBe(1, told);
            fit.Canvas.ShouldBe(fit.Area.Size, told);
            fit.Canvas.PixelCount.ShouldBeInRange(1_150_000, 5_300_000, told);
            // Half the region's size on each side at least, where the image has room.
            (region.Left - fit.Area.Left).ShouldBeGreaterThanOrEqualTo(Math.Min(region.Left, region.Size.Width / 2), told);
            (region.Top - fit.Area.Top).ShouldBeGreaterThanOrEqualTo(Math.Min(region.Top, region.Size.Height / 2), told);
        }
    }

    [Theory]
    [InlineData(6000, 4000, 2800, 1850, 400, 300)]
    [InlineData(6000, 4000, 0, 0, 400, 300)]
    [InlineData(6000, 4000, 5700, 3700, 300, 300)]
    public void The_region_lies_in_the_middle_where_the_image_has_room(int width, int height, int left, int top, int across, int down)
    {
        var region = new PixelArea(left, top, new Dimensions(across, down));
        var fit = CanvasSelector.Select(Rules, new Dimensions(width, height), region);

        (fit.Area.Left - Math.Clamp(left + (across / 2) - (fit.Area.Size.Width / 2), 0, width - fit.Area.Size.Width)).ShouldBeInRange(-1, 1);
        (fit.Area.Top - Math.Clamp(top + (down / 2) - (fit.Area.Size.Height / 2), 0, height - fit.Area.Size.Height)).ShouldBeInRange(-1, 1);
    }

    [Theory]
    [InlineData(300, 200, 3.2, 3.5)]
    [InlineData(17, 33, 30, 40)]
    public void A_small_image_is_enlarged_whole(int width, int height, double least, double most)
    {
        var image = new Dimensions(width, height);
        var fit = CanvasSelector.Select(Rules, image, new PixelArea(1, 1, new Dimensions(9, 9)));

        fit.Area.Size.ShouldBe(image);
        fit.Scale.ShouldBeInRange(least, most);
        ((double)fit.Scaled.PixelCount / fit.Canvas.PixelCount).ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void Of_a_very_long_image_a_stretch_with_context_is_enlarged()
    {
        var fit = CanvasSelector.Select(Rules, new Dimensions(5000, 200), new PixelArea(2400, 50, new Dimensions(120, 100)));

        fit.Scale.ShouldBeInRange(1.5, 5);
        fit.Area.Size.Width.ShouldBeGreaterThanOrEqualTo(360);
        ((double)fit.Scaled.PixelCount / fit.Canvas.PixelCount).ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void A_region_beyond_any_canvas_is_reduced_as_little_as_can_be()
    {
        var fit = CanvasSelector.Select(Rules, new Dimensions(6000, 4000), new PixelArea(500, 400, new Dimensions(5000, 3000)));

        // The root of 8.29 megapixels over the region with 500 pixels on each side, which is all there is, and 360 above and below: 6000x3720.
        fit.Scale.ShouldBeInRange(0.605, 0.6097);
    }

    [Fact]
    public void Refuses_a_region_outside_the_image() =>
        Should.Throw<ArgumentOutOfRangeException>(() => CanvasSelector.Select(Rules, new Dimensions(100, 100), new PixelArea(50, 50, new Dimensions(51, 10))));

    private static IEnumerable<(Dimensions Image, PixelArea Region)> Cases(Random random, int count, int least = 17, int most = 6000)
    {
        Dimensions[] notable = [new(17, 33), new(5000, 200), new(200, 5000), new(6000, 4000), new(3840, 2160), new(1024, 1024), new(900, 100), new(4000, 1000)];
        for (var i = 0; i < count; i++)
        {
            var image = least == 17 && i % 3 == 0 ? notable[i / 3 % notable.Length] : new Dimensions(Spread(random, least, most), Spread(random, least, most));
            var (width, height) = (Spread(random, 1, image.Width), Spread(random, 1, image.Height));
            yield return (image, new PixelArea(random.Next(image.Width - width + 1), random.Next(image.Height - height + 1), new Dimensions(width, height)));
        }
    }

    /// <summary>As many small lengths as large ones.</summary>
    private static int Spread(Random random, int least, int most) =>
        Math.Clamp((int)(least * Math.Pow((double)most / least, random.NextDouble()) + 0.5), least, most);

    private static bool Holds(PixelArea area, PixelArea region) =>
        region.Left >= area.Left && region.Top >= area.Top
        && region.Left + region.Size.Width <= area.Left + area.Size.Width && region.Top + region.Size.Height <= area.Top + area.Size.Height;
}
