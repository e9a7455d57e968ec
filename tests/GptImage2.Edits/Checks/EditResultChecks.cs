using GptImage2.Edits.Cases;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Imaging.Compositing;

namespace GptImage2.Edits.Checks;

/// <summary>Judges a delivered image against the original, sample by sample.</summary>
internal static class EditResultChecks
{
    public static void Check(ExpectedOriginal truth, JobPlan plan, DeliveredImage delivered, byte[] file)
    {
        var (made, region) = (truth.Case, plan.Region!);
        var format = made.Delivery.Format;
        delivered.Record.File.Size.ShouldBe(made.Size);
        delivered.Record.File.Format.ShouldBe(format);
        IccProfiles.FindIn(file, format).ShouldBe(truth.KeepsProfile(format) ? IccProfiles.GetPath(made.Profile!) : null);

        var result = ImageDecoder.DecodeStored(file, format);
        result.Size.ShouldBe(made.Size);
        if (format is ImageFormat.Jpeg)
        {
            return;
        }

        var before = truth.GetRaster(format);
        before = before.Bands < 3 && result.Bands >= 3 ? before.ToRgb() : before;
        (result.Bands, result.Depth).ShouldBe((before.Bands, before.Depth));
        CheckIndependentDecode(file, result);

        var changes = PixelChanges.Compare(before, result, region.Mask.GetMask(new PixelArea(0, 0, made.Size)), made.ExpectedRegion);
        changes.Foreign.ShouldBe(0, "pixels of which the two rasterisations differ");
        if (made.Outside is OutsidePixels.Keep)
        {
            (changes.Outside, changes.CertainlyOutside).ShouldBe((0, 0), "pixels outside the region that changed");
        }
        else
        {
            OutsideOf(region.Placement.Area, before, result).ShouldBe(0, "pixels changed that were never sent");
        }

        changes.Inside.ShouldBeGreaterThan((long)(0.5 * changes.Region), "pixels inside the region that changed");
        CheckReport(delivered.Record.Region!, changes, made.Size);
    }

    private static void CheckReport(RegionReport report, PixelChanges changes, Dimensions size)
    {
        report.Coverage.ShouldBe((double)changes.Region / size.PixelCount, 1e-12);
        report.ChangedInside.ShouldBe((double)changes.Inside / changes.Region, 1e-12);
        report.ChangedOutside.ShouldBe((double)changes.Outside / (size.PixelCount - changes.Region), 1e-12);
    }

    /// <summary>A decoder that shares nothing with libvips sees the same samples.</summary>
    private static void CheckIndependentDecode(byte[] file, Raster result)
    {
        if (result.Size.PixelCount <= 2_000_000)
        {
            ImageDecoder.DecodeIndependently(file, result.Bands, result.Depth).AsSpan().SequenceEqual(result.Bytes).ShouldBeTrue("two decoders agree");
        }
    }

    private static int OutsideOf(PixelArea sent, Raster before, Raster after)
    {
        var changed = 0;
        for (var y = 0; y < before.Size.Height; y++)
        {
            for (var x = 0; x < before.Size.Width; x++)
            {
                var isSent = x >= sent.Left && y >= sent.Top && x < sent.Left + sent.Size.Width && y < sent.Top + sent.Size.Height;
                changed += isSent || before[x, y].SequenceEqual(after[x, y]) ? 0 : 1;
            }
        }

        return changed;
    }
}

/// <summary>How many pixels differ, and where.</summary>
/// <param name="Region">Pixels of the region.</param>
/// <param name="Inside">Of those, that changed.</param>
/// <param name="Outside">Of all others, that changed.</param>
/// <param name="CertainlyOutside">Pixels that changed although our own rasterisation leaves them out.</param>
/// <param name="Foreign">Pixels of which that rasterisation says the other.</param>
internal sealed record PixelChanges(long Region, long Inside, long Outside, long CertainlyOutside, long Foreign)
{
    public static PixelChanges Compare(Raster before, Raster after, byte[] marks, ExpectedRegion own)
    {
        var (region, inside, outside, certainly, foreign) = (0L, 0L, 0L, 0L, 0L);
        for (int i = 0, at = 0; i < marks.Length; i++, at += before.PixelBytes)
        {
            var changed = before.Bytes.AsSpan(at, before.PixelBytes).SequenceEqual(after.Bytes.AsSpan(at, before.PixelBytes)) ? 0 : 1;
            region += marks[i];
            inside += marks[i] & changed;
            outside += (1 - marks[i]) & changed;
            certainly += own.Marks[i] is 0 ? changed : 0;
            foreign += own.Marks[i] is not 2 && own.Marks[i] != marks[i] ? 1 : 0;
        }

        return new PixelChanges(region, inside, outside, certainly, foreign);
    }
}
