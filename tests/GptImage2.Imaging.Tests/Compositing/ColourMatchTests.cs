using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Tests.Compositing;

/// <summary>A model that shifts all colours leaves no box in the image.</summary>
public sealed class ColourMatchTests
{
    /// <summary>In levels of 255.</summary>
    private const double LargestStep = 2;

    private static readonly PixelArea Part = new(120, 90, new Dimensions(170, 130));

    private static readonly CanvasPlacement Sent = new(PixelArea.FromSize(Surface.Size), 1, Surface.Size, 0, 0);

    private static readonly RegionMask Region = RegionMask.FromShapes(Surface.Size, [new RegionShape.Rectangle(Part.Left, Part.Top, Part.Size.Width, Part.Size.Height)]);

    private static readonly int Feather = RegionMask.DefaultFeather(Surface.Size, Region.ShorterSide);

    public static IEnumerable<TheoryDataRow<int, bool>> Surfaces =>
        from index in Enumerable.Range(0, Surface.All.Length)
        from times in Enumerable.Range(0, 2)
        let redrawn = times is 1
        select new TheoryDataRow<int, bool>(index, redrawn).WithTestDisplayName($"{Surface.All[index].Name}{(redrawn ? ", softer and moved" : "")}");

    [Theory]
    [MemberData(nameof(Surfaces))]
    public void The_step_at_the_edge_is_two_levels_at_most_and_without_matching_it_is_not(int index, bool redrawn)
    {
        var surface = Surface.All[index];
        var original = surface.Draw();
        var ideal = Surface.Redraw(original, redrawn);
        var answer = surface.ShiftColours(ideal);

        var (matched, report) = Paste(original, answer, matchColours: true);
        var (unmatched, without) = Paste(original, answer, matchColours: false);

        ShareOfSmallSteps(matched, ideal).ShouldBeGreaterThanOrEqualTo(0.95, $"{report.Colours}");
        ShareOfSmallSteps(unmatched, ideal).ShouldBeLessThan(0.95, "else the surface proves nothing");
        (report.Colours!.Applied, without.Colours).ShouldBe((true, null));
        report.Colours.After.ShouldBeLessThan(0.5 * report.Colours.Before);
        report.ColourShift.ShouldBeLessThan(without.ColourShift);
        (report.ChangedOutside, ChangedOutside(original, matched)).ShouldBe((0, 0));
    }

    /// <summary>
    /// The step of a pixel of the part's border is what the eye would compare across the edge: the mean difference, in the channel where it is
    /// largest, between the result and what the model would have drawn had it not shifted its colours, over five pixels along the edge and the
    /// eight that come after the feather, where the result is the model's alone. The feather itself is not counted: it hides a part of any step.
    /// </summary>
    private static double ShareOfSmallSteps(byte[] result, byte[] ideal)
    {
        var (small, all) = (0, 0);
        foreach (var (x, y, inX, inY) in Border())
        {
            var largest = Enumerable.Range(0, 3).Max(channel => Math.Abs(
                (from depth in Enumerable.Range(Feather + 1, 8)
                 from along in Enumerable.Range(-2, 5)
                 let i = ((((y + (inY * depth) + (inX * along)) * Surface.Size.Width) + x + (inX * depth) + (inY * along)) * 4) + channel
                 select result[i] - ideal[i]).Average()));
            small += largest <= LargestStep ? 1 : 0;
            all++;
        }

        return (double)small / all;
    }

    /// <summary>The pixels of the border with the way inwards; those near a corner, whose way ends in another side's feather, are left out.</summary>
    private static IEnumerable<(int X, int Y, int InX, int InY)> Border()
    {
        var corner = Feather + 10;
        for (var x = Part.Left + corner; x < Part.Right - corner; x++)
        {
            yield return (x, Part.Top, 0, 1);
            yield return (x, Part.Bottom - 1, 0, -1);
        }

        for (var y = Part.Top + corner; y < Part.Bottom - corner; y++)
        {
            yield return (Part.Left, y, 1, 0);
            yield return (Part.Right - 1, y, -1, 0);
        }
    }

    [Fact]
    public void What_is_drawn_into_a_third_of_the_ring_does_not_count()
    {
        var surface = Surface.All.Single(one => one.Name is "warm wall, lit from the left");
        var original = surface.Draw();
        var answer = surface.ShiftColours(original);
        Fill(answer, new PixelArea(80, 60, new Dimensions(130, 110)), new Colour(20, 90, 40));

        var (matched, report) = Paste(original, answer, matchColours: true);

        report.Colours!.Applied.ShouldBeTrue($"{report.Colours}");
        // Below the thing that was drawn, the wall.
        MeanShift(matched, original, new PixelArea(230, 180, new Dimensions(40, 30))).ShouldBeLessThan(2);
        // And the thing keeps its colour, but for the shift that is taken from everything.
        matched[((120 * Surface.Size.Width) + 160) * 4].ShouldBeInRange((byte)12, (byte)28);
    }

    [Theory]
    [InlineData("another picture")]
    [InlineData("another colour")]
    [InlineData("noise")]
    [InlineData("the opposite")]
    public void An_answer_that_shows_something_else_is_pasted_as_it_is(string what)
    {
        var surface = Surface.All.Single(one => one.Name is "sky at noon");
        var original = surface.Draw();
        var random = new Random(3);
        byte[] answer = what switch
        {
            "another picture" => Surface.All.Single(one => one.Name is "bricks").Draw(),
            "another colour" => [.. original.Select((value, i) => i % 4 is 0 ? (byte)230 : i % 4 is 2 ? (byte)60 : value)],
            "noise" => [.. original.Select((value, i) => i % 4 is 3 ? value : (byte)random.Next(256))],
            _ => [.. original.Select((value, i) => i % 4 is 3 ? value : (byte)(255 - value))],
        };

        var (matched, report) = Paste(original, answer, matchColours: true);

        report.Colours!.Applied.ShouldBeFalse($"{report.Colours}");
        matched.AsSpan().SequenceEqual(Paste(original, answer, matchColours: false).Pixels).ShouldBeTrue();
    }

    [Fact]
    public void A_ring_without_any_variance_gives_an_offset_only()
    {
        var original = Flat(new Colour(100, 110, 120));
        var answer = Flat(new Colour(108, 113, 118));
        // New things in the part have colours that the ring does not know of: they move by as much as it, and no more.
        Fill(answer, new PixelArea(180, 130, new Dimensions(40, 40)), new Colour(230, 30, 250));

        var (matched, report) = Paste(original, answer, matchColours: true);

        report.Colours!.Applied.ShouldBeTrue();
        Pixel(matched, 200, 150).ShouldBe(new Colour(222, 27, 252));
        Pixel(matched, 250, 200).ShouldBe(new Colour(100, 110, 120));
    }

    /// <summary>The last band of rows that is read has one row only, and lies at the image's edge.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public void A_drawing_that_was_moved_beyond_the_edge_is_compared_as_far_as_it_goes(int move)
    {
        var size = new Dimensions(160, 125);
        byte[] Draw(int down, double gain) => [.. from y in Enumerable.Range(0, size.Height)
                                                  from x in Enumerable.Range(0, size.Width)
                                                  let level = (byte)(gain * (120 + (50 * Math.Sin(x / 9.0)) + (40 * Math.Sin((y - down) / 7.0))))
                                                  from value in (byte[])[level, level, level, 255]
                                                  select value];
        using var output = new MemoryStream();

        var report = Compositor.Composite(
            Image.FromPixels(size, Draw(0, 1)).Encoded(), Image.FromPixels(size, Draw(move, 1.05)).Encoded(), new CanvasPlacement(PixelArea.FromSize(size), 1, size, 0, 0),
            RegionMask.FromShapes(size, [new RegionShape.Rectangle(50, 80, 60, 40)]), new PasteOptions(4), SampleImages.Png, output);

        report.Colours!.Applied.ShouldBeTrue($"{report.Colours}");
        report.ChangedOutside.ShouldBe(0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_colour_is_ever_moved_by_more_than_an_eighth(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 200; i++)
        {
            var fit = ColourMatcher.Fit([.. Enumerable.Range(0, 60).Select(_ => Cell(random, random.Next(1, 200), random.Next(0, 60)))]);

            foreach (var line in fit.Lines ?? [])
            {
                Enumerable.Range(0, 256).Max(value => Math.Abs(line.Map(value) - value)).ShouldBeLessThan(32.1);
            }
        }
    }

    [Fact]
    public void Too_small_a_ring_says_nothing()
    {
        var random = new Random(1);

        ColourMatcher.Fit([.. Enumerable.Range(0, 11).Select(_ => Cell(random, 100, 8))]).Lines.ShouldBeNull();
        ColourMatcher.Fit([.. Enumerable.Range(0, 12).Select(_ => Cell(random, 100, 8))]).Lines.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("png 16")]
    [InlineData("png p3")]
    [InlineData("png p3 16")]
    [InlineData("png grey")]
    [InlineData("png grey 16")]
    [InlineData("jpeg turned")]
    [InlineData("webp")]
    [InlineData("tiff cmyk")]
    public void Every_depth_and_profile_is_matched_in_its_own_values(string kind)
    {
        var original = SourceImageSamples.Create(kind, 240, 180);
        var size = ImageHeader.Read(original).Size;
        var fit = new CanvasPlacement(PixelArea.FromSize(size), 1, size, 0, 0);
        var region = RegionMask.FromShapes(size, [new RegionShape.Rectangle(60, 50, 90, 70)]);
        using var sent = CanvasCrop.Extract(original, fit);
        var pixels = sent.ToRgbaBytes();
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = i % 4 is 3 ? pixels[i] : (byte)Math.Clamp((pixels[i] * 1.03) + 3, 0, 255);
        }

        using var output = new MemoryStream();
        var report = Compositor.Composite(original, Image.FromPixels(size, pixels).Encoded(), fit, region, new PasteOptions(4), SampleImages.Png, output);

        report.Colours!.Applied.ShouldBeTrue($"{report.Colours}");
        using var seen = Image.Open(EncodedImage.FromMemory(output.ToArray()));
        using var before = Image.Open(original);
        var (was, became) = (before.ToRgbaBytes(), seen.ToRgbaBytes());
        var shift = Math.Abs((from y in Enumerable.Range(60, 50) from x in Enumerable.Range(70, 70) select became[((y * size.Width) + x) * 4] - was[((y * size.Width) + x) * 4]).Average());
        shift.ShouldBeLessThan(0.8);
    }

    /// <summary>The lines keep what 16 bits hold: a ramp in steps of a 257th of a level is no staircase of whole levels.</summary>
    [Fact]
    public void Sixteen_bits_are_mapped_in_sixteen_bits()
    {
        using var bytes = VipsImage.FromPixels([.. Enumerable.Range(0, 250).Select(value => (byte)value)], 250, 1, 1);
        using var wide = bytes.ToSixteenBit("grey16");
        using var ramp = new VipsOperation("linear").With("in", wide).With("a", [1 / 257.0]).With("b", [30_000.0]).ToImage();
        using var deep = ramp.Cast(Vips.Interop.VipsBandFormat.UShort).Pipe(whole => whole.WithInterpretation("grey16"));

        using var mapped = ColourLine.Apply([new ColourLine(0.97, 2)], deep);

        var result = MemoryMarshal.Cast<byte, ushort>(mapped.ToByteArray());
        for (var i = 0; i < 250; i++)
        {
            ((double)result[i]).ShouldBe(((30_000 + i) * 0.97) + (2 * 257), 0.51);
        }
    }

    /// <summary>What lies under transparency was not sent, so it is not compared.</summary>
    [Theory]
    [InlineData(255, true)]
    [InlineData(254, false)]
    [InlineData(0, false)]
    public void Only_opaque_pixels_are_compared(byte alpha, bool applied)
    {
        var original = Flat(new Colour(100, 110, 120));
        var transparent = original.Select((value, i) => i % 4 is 3 ? alpha : value).ToArray();

        var (_, report) = Paste(transparent, Flat(new Colour(108, 113, 118)), matchColours: true);

        report.Colours.ShouldBe(applied ? report.Colours! with { Applied = true } : new ColourMatch(false, 0, 0));
    }

    private static RingCell Cell(Random random, int level, int shift)
    {
        var cell = new RingCell(random.Next(20), random.Next(20), 3) { Weight = 64 };
        for (var channel = 0; channel < 3; channel++)
        {
            cell.OriginalSums[channel] = 64 * (level + random.NextDouble());
            cell.DrawnSums[channel] = 64 * (level + shift + random.NextDouble());
        }

        return cell;
    }

    private static (byte[] Pixels, CompositeReport Report) Paste(byte[] original, byte[] answer, bool matchColours)
    {
        using var output = new MemoryStream();
        var report = Compositor.Composite(
            Image.FromPixels(Surface.Size, original).Encoded(), Image.FromPixels(Surface.Size, answer).Encoded(),
            Sent, Region, new PasteOptions(Feather, MatchColours: matchColours), SampleImages.Png, output);
        using var result = Image.Open(EncodedImage.FromMemory(output.ToArray()));
        return (result.ToRgbaBytes(), report);
    }

    private static int ChangedOutside(byte[] before, byte[] after) => Enumerable.Range(0, before.Length / 4)
        .Count(i => !Region.Contains(i % Surface.Size.Width, i / Surface.Size.Width) && !before.AsSpan(i * 4, 4).SequenceEqual(after.AsSpan(i * 4, 4)));

    private static double MeanShift(byte[] result, byte[] original, PixelArea area) => Enumerable.Range(0, 3).Max(channel => Math.Abs(
        (from y in Enumerable.Range(area.Top, area.Size.Height)
         from x in Enumerable.Range(area.Left, area.Size.Width)
         let i = (((y * Surface.Size.Width) + x) * 4) + channel
         select result[i] - original[i]).Average()));

    private static Colour Pixel(byte[] pixels, int x, int y) => pixels.AsSpan(((y * Surface.Size.Width) + x) * 4, 3) is [var red, var green, var blue] ? new Colour(red, green, blue) : default;

    private static byte[] Flat(Colour colour)
    {
        var pixels = new byte[Surface.Size.PixelCount * 4];
        Fill(pixels, PixelArea.FromSize(Surface.Size), colour);
        return pixels;
    }

    private static void Fill(byte[] pixels, PixelArea area, Colour colour)
    {
        for (var y = area.Top; y < area.Bottom; y++)
        {
            for (var x = area.Left; x < area.Right; x++)
            {
                byte[] value = [colour.Red, colour.Green, colour.Blue, 255];
                value.CopyTo(pixels, ((y * Surface.Size.Width) + x) * 4);
            }
        }
    }
}
