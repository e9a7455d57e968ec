using GptImage2.Imaging;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Edits.Cases;

/// <summary>Draws images that are a little of everything: shades, edges, grain, holes with colours hidden under them.</summary>
internal static class TestImageEncoder
{
    private const int Grain = 256;

    /// <summary>The samples as they are to be stored. The same seed draws the same.</summary>
    public static Raster Draw(InputKind kind, Dimensions size, int seed)
    {
        var grain = new byte[Grain * Grain];
        new Random(seed).NextBytes(grain);
        var samples = kind.Bands * kind.Depth / 8;
        var bytes = new byte[checked((int)size.PixelCount * samples)];
        // A large image of nothing but grain would take most of the time to encode.
        var coarse = size.PixelCount > 2_500_000 ? 3 : 0;
        Parallel.For(0, size.Height, y =>
        {
            var row = bytes.AsSpan(y * size.Width * samples, size.Width * samples);
            for (var x = 0; x < size.Width; x++)
            {
                var noise = grain[(((y >> coarse) % Grain) * Grain) + ((x >> coarse) % Grain)];
                Pixel(row.Slice(x * samples, samples), kind, x, y, size, noise, seed);
            }
        });

        return new Raster(size, kind.Bands, kind.Depth, bytes);
    }

    /// <summary>Stored as the kind says.</summary>
    /// <param name="profile">One that libvips has, by name; null for none.</param>
    /// <param name="orientation">EXIF orientation, 1 to 8.</param>
    public static byte[] Encode(Raster raster, InputKind kind, string? profile, int orientation)
    {
        using var image = Image(raster, kind);
        using var tagged = WithProfile(image, profile);
        var file = Save(tagged, kind);
        return orientation is 1 ? file : ExifOrientation.Write(file, kind.Format, orientation);
    }

    /// <summary>Through a file, for a TIFF is written here and there.</summary>
    private static byte[] Save(VipsImage image, InputKind kind)
    {
        var path = Path.GetTempFileName();
        try
        {
            var save = new VipsOperation($"{kind.Format.Name}save").With("in", image).With("filename", path);
            kind.Save(save);
            save.Run();
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Pixel(Span<byte> pixel, InputKind kind, int x, int y, Dimensions size, byte noise, int seed)
    {
        var deep = kind.Depth / 16;
        for (var band = 0; band < kind.Bands; band++)
        {
            var alpha = kind.HasAlpha && band == kind.Bands - 1;
            var high = alpha ? Alpha(x, y, noise) : Shade(x * 255 / size.Width, y * 255 / size.Height, band, noise, seed);
            pixel[(band << deep) + deep] = high;
            if (deep is 1)
            {
                pixel[band << 1] = alpha ? high : (byte)((noise & 7) * (band + 3));
            }
        }
    }

    private static byte Shade(int across, int down, int band, byte noise, int seed) => band switch
    {
        0 => (byte)(across + (noise & 3)),
        1 => (byte)(down ^ (seed & 0x30)),
        2 => (byte)(((across >> 4) + (down >> 4)) % 2 * 160 + (noise >> 7)),
        _ => (byte)(noise >> 6),
    };

    /// <summary>Squares that are opaque, thin, clear, opaque …</summary>
    private static byte Alpha(int x, int y, byte noise) => (((x / 23) + (y / 19)) % 5) switch
    {
        2 => noise,
        3 => 0,
        _ => 255,
    };

    private static VipsImage Image(Raster raster, InputKind kind)
    {
        var (size, meaning) = (raster.Size, GetInterpretation(kind));
        if (kind.Depth is 8)
        {
            using var raw = VipsImage.FromPixels(raster.Bytes, size.Width, size.Height, kind.Bands);
            return raw.WithInterpretation(meaning);
        }

        using var low = VipsImage.FromPixels(TakeEverySecondByte(raster.Bytes, 0), size.Width, size.Height, kind.Bands);
        using var high = VipsImage.FromPixels(TakeEverySecondByte(raster.Bytes, 1), size.Width, size.Height, kind.Bands);
        using var shifted = new VipsOperation("linear").With("in", high).With("a", [256]).With("b", [0]).ToImage();
        using var sum = new VipsOperation("add").With("left", shifted).With("right", low).ToImage();
        using var whole = sum.Cast(VipsBandFormat.UShort);
        return whole.WithInterpretation(meaning);
    }

    /// <summary>Every second byte.</summary>
    private static byte[] TakeEverySecondByte(byte[] bytes, int first)
    {
        var half = new byte[bytes.Length / 2];
        for (var i = 0; i < half.Length; i++)
        {
            half[i] = bytes[(i * 2) + first];
        }

        return half;
    }

    private static string GetInterpretation(InputKind kind) => (kind.IsCmyk, kind.Bands, kind.Depth) switch
    {
        (true, _, _) => "cmyk",
        (_, <= 2, 8) => "b-w",
        (_, <= 2, _) => "grey16",
        (_, _, 8) => "srgb",
        _ => "rgb16",
    };

    private static VipsImage WithProfile(VipsImage image, string? profile)
    {
        var tagged = image.Copy();
        if (profile is not null)
        {
            using var pixel = VipsImage.FromPixels([1, 2, 3], 1, 1, 3);
            using var plain = pixel.WithInterpretation("srgb");
            using var seen = new VipsOperation("icc_transform").With("in", plain).With("input-profile", "srgb").With("output-profile", profile).ToImage();
            tagged.CopyBlobFrom("icc-profile-data", seen);
        }

        return tagged;
    }
}
