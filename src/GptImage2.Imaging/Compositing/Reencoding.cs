using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Regions;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Compositing;

/// <summary>What encoding an image anew with loss did to the pixels that were to be kept.</summary>
/// <param name="Changed">Share of them that differ, 0 to 1.</param>
/// <param name="Mean">Mean difference of a channel, in levels of 255.</param>
/// <param name="Largest">The largest.</param>
public sealed record Reencoding(double Changed, double Mean, int Largest)
{
    /// <param name="kept">The pixels that were to be kept, 8 bits a channel.</param>
    /// <param name="written">The file as it was written, of the same size and channels.</param>
    /// <param name="region">What was meant to change.</param>
    internal static Reencoding Measure(VipsImage kept, EncodedImage written, RegionMask region)
    {
        using var decoded = new ImageLoader(written).Open(PixelAccess.Sequential);
        using var before = new VipsRegion(kept);
        using var after = new VipsRegion(decoded);
        var mask = new byte[region.ImageSize.Width];
        var (bands, changed, sum, largest) = (kept.Bands, 0L, 0L, 0);
        return ImageLoader.WithDecodeErrors(() =>
        {
            foreach (var band in PixelArea.FromSize(region.ImageSize).SplitIntoRowBands())
            {
                var was = before.Read(band);
                var became = after.Read(band);
                for (var y = band.Top; y < band.Bottom; y++)
                {
                    region.CopyRow(y, 0, mask);
                    Count(was.Slice((y - band.Top) * mask.Length * bands, mask.Length * bands), became.Slice((y - band.Top) * mask.Length * bands, mask.Length * bands));
                }
            }

            var pixels = Math.Max(1, region.ImageSize.PixelCount - region.PixelCount);
            return new Reencoding((double)changed / pixels, (double)sum / (pixels * bands), largest);
        });

        void Count(ReadOnlySpan<byte> was, ReadOnlySpan<byte> became)
        {
            for (var x = 0; x < mask.Length; x++)
            {
                var difference = 0;
                for (var i = x * bands; mask[x] == 0 && i < (x + 1) * bands; i++)
                {
                    var level = Math.Abs(was[i] - became[i]);
                    (difference, sum) = (Math.Max(difference, level), sum + level);
                }

                largest = Math.Max(largest, difference);
                changed += difference == 0 ? 0 : 1;
            }
        }
    }
}
