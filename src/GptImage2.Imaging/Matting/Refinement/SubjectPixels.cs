using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging.Matting.Refinement;

/// <summary>Reads an image once, in bands of rows, into the array in which it is then cut out: large photographs fit into memory once, not three times.</summary>
internal static class SubjectPixels
{
    internal static RgbaBuffer Read(EncodedImage encoded)
    {
        using var image = Image.Open(encoded, PixelAccess.Sequential);
        using var rgba = image.Native.ToRgba8();
        var (width, height) = (rgba.Width, rgba.Height);
        var pixels = new byte[checked(width * height * 4)];
        using var region = new VipsRegion(rgba);
        foreach (var area in new PixelArea(0, 0, new Dimensions(width, height)).SplitIntoRowBands())
        {
            ImageLoader.WithDecodeErrors(() =>
            {
                region.Read(area).CopyTo(pixels.AsSpan(area.Top * width * 4));
                return area;
            });
        }

        return new RgbaBuffer(width, height, pixels);
    }
}
