using GptImage2.Backends.OpenAI.Azure;
using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Backends.Scenario.Models;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning.Regions;
using GptImage2.Imaging;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Regions;
using GptImage2.Testing.Images;
using GptImage2.Testing.Seeds;

namespace GptImage2.Edits;

/// <summary>However large a region is, the model sees some of the image on each side of it, and the mask keeps that.</summary>
public sealed class SurroundingsTests
{
    /// <summary>Of the region's width or height, on each side where the image goes on.</summary>
    private const double Share = 0.12;

    private static readonly int Count = GeneratedCases.Count(all: 600);

    /// <summary>The sizes of every profile that takes masks, and three sizes only, as most other services draw.</summary>
    private static readonly SizeRules[] AllRules =
    [
        .. new[] { OpenAIModels.Current, OpenAIModels.Retiring, AzureModels.Current, ScenarioModels.Current, [CompatibleModels.Resolve("sd-turbo")] }
            .SelectMany(profiles => profiles).Where(profile => profile.AcceptsMask).Select(profile => profile.Sizes.Chosen).Distinct(),
        new() { EdgeMultiple = 512, MinEdge = 1024, MaxEdge = 1536, MaxRatio = 2, MinPixels = 1024 * 1024, MaxPixels = 1536 * 1024, ExperimentalAbove = 1536 * 1024 },
    ];

    public static IEnumerable<TheoryDataRow<int>> Rules => Enumerable.Range(0, AllRules.Length).Select(index => new TheoryDataRow<int>(index));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Each_side_that_has_picture_shows_twelve_hundredths_of_the_region_at_least(int index)
    {
        var rules = AllRules[index];
        foreach (var (image, region) in Cases(new Random(20 + index)))
        {
            var fit = CanvasSelector.Select(rules, image, region);

            var told = $"{image}, {region}: {fit}";
            rules.Allows(fit.Canvas).ShouldBeTrue(told);
            (fit.Scaled.Width <= fit.Canvas.Width && fit.Scaled.Height <= fit.Canvas.Height).ShouldBeTrue(told);
            Margin(region.Left - fit.Area.Left, region.Left, region.Size.Width).ShouldBeGreaterThanOrEqualTo(0, told);
            Margin(region.Top - fit.Area.Top, region.Top, region.Size.Height).ShouldBeGreaterThanOrEqualTo(0, told);
            Margin(fit.Area.Left + fit.Area.Size.Width - End(region).X, image.Width - End(region).X, region.Size.Width).ShouldBeGreaterThanOrEqualTo(0, told);
            Margin(fit.Area.Top + fit.Area.Size.Height - End(region).Y, image.Height - End(region).Y, region.Size.Height).ShouldBeGreaterThanOrEqualTo(0, told);
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Nothing_is_reduced_more_than_its_surroundings_need(int index)
    {
        var rules = AllRules[index];
        foreach (var (image, region) in Cases(new Random(40 + index)))
        {
            var fit = CanvasSelector.Select(rules, image, region);

            if (rules.SmallestContaining(WithSurroundings(image, region)) is not null)
            {
                fit.Scale.ShouldBeGreaterThanOrEqualTo(1, $"{image}, {region}: {fit}");
            }
        }
    }

    /// <summary>Two parts of a photograph of 24 megapixels that were once sent without anything around them.</summary>
    [Theory]
    [InlineData(120, 80, 5400, 2000)]
    [InlineData(600, 400, 4800, 3200)]
    public void The_mask_of_a_large_region_keeps_pixels_on_all_sides(int left, int top, int width, int height)
    {
        var (image, region) = (new Dimensions(6000, 4000), new PixelArea(left, top, new Dimensions(width, height)));
        var fit = CanvasSelector.Select(OpenAIModels.Resolve(OpenAIModels.Default).Sizes, image, region);
        using var png = new MemoryStream();
        CanvasCrop.WriteMask(RegionMask.FromShapes(image, [new RegionShape.Rectangle(left, top, width, height)]), fit, png, 4_000_000);

        var mask = PngFile.Read(png.ToArray()).Decode();
        var (middleX, middleY) = (mask.Size.Width / 2, mask.Size.Height / 2);
        var kept = (
            Left: Enumerable.Range(0, middleX).TakeWhile(x => mask[x, middleY][3] is 255).Count(),
            Right: Enumerable.Range(0, middleX).TakeWhile(x => mask[mask.Size.Width - 1 - x, middleY][3] is 255).Count(),
            Top: Enumerable.Range(0, middleY).TakeWhile(y => mask[middleX, y][3] is 255).Count(),
            Bottom: Enumerable.Range(0, middleY).TakeWhile(y => mask[middleX, mask.Size.Height - 1 - y][3] is 255).Count());

        kept.Left.ShouldBeGreaterThanOrEqualTo((int)(Math.Min(left, Share * width) * fit.Scale) - 1);
        kept.Right.ShouldBeGreaterThanOrEqualTo((int)(Math.Min(image.Width - left - width, Share * width) * fit.Scale) - 1);
        kept.Top.ShouldBeGreaterThanOrEqualTo((int)(Math.Min(top, Share * height) * fit.Scale) - 1);
        kept.Bottom.ShouldBeGreaterThanOrEqualTo((int)(Math.Min(image.Height - top - height, Share * height) * fit.Scale) - 1);
    }

    /// <summary>How many pixels more than needed there are; negative where some are missing.</summary>
    private static double Margin(int shown, int available, int length) => shown - Math.Min(available, Math.Ceiling(Share * length));

    private static Dimensions WithSurroundings(Dimensions image, PixelArea region)
    {
        var (across, down) = ((int)Math.Ceiling(Share * region.Size.Width), (int)Math.Ceiling(Share * region.Size.Height));
        return new Dimensions(
            Math.Min(image.Width, End(region).X + across) - Math.Max(0, region.Left - across),
            Math.Min(image.Height, End(region).Y + down) - Math.Max(0, region.Top - down));
    }

    private static (int X, int Y) End(PixelArea region) => (region.Left + region.Size.Width, region.Top + region.Size.Height);

    /// <summary>Half of them take most of their image, at whatever place.</summary>
    private static IEnumerable<(Dimensions Image, PixelArea Region)> Cases(Random random)
    {
        for (var i = 0; i < Count; i++)
        {
            var image = new Dimensions(Spread(random, 17, 9000), Spread(random, 17, 9000));
            var (width, height) = i % 2 is 0
                ? (Math.Max(1, (int)(image.Width * (0.5 + (random.NextDouble() / 2)))), Math.Max(1, (int)(image.Height * (0.3 + (0.7 * random.NextDouble())))))
                : (Spread(random, 1, image.Width), Spread(random, 1, image.Height));
            yield return (image, new PixelArea(random.Next(image.Width - width + 1), random.Next(image.Height - height + 1), new Dimensions(width, height)));
        }
    }

    private static int Spread(Random random, int least, int most) => Math.Clamp((int)((least * Math.Pow((double)most / least, random.NextDouble())) + 0.5), least, most);
}
