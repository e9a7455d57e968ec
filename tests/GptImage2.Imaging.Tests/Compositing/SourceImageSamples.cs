using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Tests.Compositing;

/// <summary>Small images of every kind that is read, drawn in code.</summary>
internal static class SourceImageSamples
{
    internal static readonly string[] Names =
    [
        "png", "png alpha", "png 16", "png 16 alpha", "png grey", "png grey alpha", "png grey 16", "png palette", "png p3", "png p3 16", "png p3 alpha",
        "jpeg", "jpeg turned", "jpeg grey profile", "jpeg grey", "jpeg p3", "jpeg cmyk", "webp", "webp lossy alpha", "gif", "tiff", "tiff 16", "tiff cmyk", "jpeg grey with a colour profile", "jpeg with a grey profile",
    ];

    internal static EncodedImage Create(string name, int width = 61, int height = 47) => EncodedImage.FromMemory(name switch
    {
        "png" => Png(Rgb(width, height)),
        "png alpha" => Png(Rgba(width, height)),
        "png 16" => Png(Deep(Rgb(width, height), "rgb16")),
        "png 16 alpha" => Png(Deep(Rgba(width, height), "rgb16")),
        "png grey" => Png(Grey(width, height)),
        "png grey alpha" => Png(Grey(width, height).Pipe(grey => grey.JoinBands(Grey(width, height))).Pipe(both => both.WithInterpretation("b-w"))),
        "png grey 16" => Png(Deep(Grey(width, height), "grey16")),
        "png palette" => SampleImages.SaveWith(Rgb(width, height), "pngsave_target", operation => operation.With("palette", true)),
        "png p3" => Png(In(Rgb(width, height), "p3", 8)),
        "png p3 16" => Png(In(Rgb(width, height), "p3", 16)),
        "png p3 alpha" => Png(In(Rgba(width, height), "p3", 8)),
        "jpeg grey profile" => JpegWithProfile(Grey(width, height), GreyProfile()),
        "jpeg grey with a colour profile" => SampleImages.SaveWith(WithProfileOfP3(Grey(width, height)), "jpegsave_target"),
        "jpeg with a grey profile" => JpegWithProfile(Rgb(width, height), GreyProfile()),
        "jpeg scanner" => JpegWithProfile(Rgb(width, height), InputProfile.Create("scnr", wayBack: false)),
        "jpeg camera" => JpegWithProfile(Rgb(width, height), InputProfile.Create("mntr", wayBack: false)),
        "jpeg wrong way back" => JpegWithProfile(Rgb(width, height), InputProfile.Create("mntr", wayBack: true)),
        "jpeg" => SampleImages.SaveWith(Rgb(width, height), "jpegsave_target", operation => operation.With("Q", 80)),
        "jpeg turned" => SampleImages.WithOrientation(SampleImages.SaveWith(Rgb(height, width), "jpegsave_target"), 6),
        "jpeg grey" => SampleImages.SaveWith(Grey(width, height), "jpegsave_target"),
        "jpeg p3" => SampleImages.SaveWith(In(Rgb(width, height), "p3", 8), "jpegsave_target"),
        "jpeg cmyk" => SampleImages.SaveWith(In(Rgb(width, height), "cmyk", 8), "jpegsave_target"),
        "webp" => SampleImages.SaveWith(Rgb(width, height), "webpsave_target", operation => operation.With("lossless", true)),
        "webp lossy alpha" => SampleImages.SaveWith(Rgba(width, height), "webpsave_target"),
        "gif" => SampleImages.SaveWith(Rgb(width, height), "gifsave_target"),
        "tiff" => Tiff(Rgb(width, height)),
        "tiff 16" => Tiff(Deep(Rgb(width, height), "rgb16")),
        "tiff cmyk" => Tiff(In(Rgb(width, height), "cmyk", 8)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    });

    /// <summary>Smooth shades with some grain, so that a pixel that moved or was rounded shows.</summary>
    internal static VipsImage Rgb(int width, int height) => Drawn(width, height, 3).WithInterpretation("srgb");

    internal static VipsImage Grey(int width, int height) => Drawn(width, height, 1).WithInterpretation("b-w");

    private static VipsImage Rgba(int width, int height) => Drawn(width, height, 4).WithInterpretation("srgb");

    /// <summary>Through a file: libvips goes back in a TIFF that it writes.</summary>
    private static byte[] Tiff(VipsImage image)
    {
        var file = Path.GetTempFileName();
        try
        {
            new VipsOperation("tiffsave").With("in", image).With("filename", file).Run();
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static byte[] Png(VipsImage image) => SampleImages.SaveWith(image, "pngsave_target");

    private static VipsImage Deep(VipsImage image, string meaning)
    {
        using var wide = new VipsOperation("linear").With("in", image).With("a", [251]).With("b", [77]).ToImage();
        return wide.Cast(VipsBandFormat.UShort).Pipe(whole => whole.WithInterpretation(meaning));
    }

    private static VipsImage In(VipsImage image, string profile, int depth) => new VipsOperation("icc_transform").With("in", image)
        .With("input-profile", "srgb").With("output-profile", profile).With("depth", depth).ToImage();

    private static VipsImage WithProfileOfP3(VipsImage image)
    {
        using var other = In(Rgb(8, 8), "p3", 8);
        image.CopyBlobFrom(VipsColourExtensions.IccProfileField, other);
        return image;
    }

    private static byte[] JpegWithProfile(VipsImage image, byte[] profile)
    {
        var jpeg = SampleImages.SaveWith(image, "jpegsave_target");
        byte[] segment = [0xFF, 0xE2, (byte)((profile.Length + 16) >> 8), (byte)(profile.Length + 16), .. "ICC_PROFILE\0"u8, 1, 1, .. profile];
        return [.. jpeg.AsSpan(0, 2), .. segment, .. jpeg.AsSpan(2)];
    }

    /// <summary>The least that is a profile for grey: a white point and a gamma of 1.8.</summary>
    private static byte[] GreyProfile()
    {
        byte[] white = [.. "XYZ "u8, 0, 0, 0, 0, 0, 0, 0xF6, 0xD6, 0, 1, 0, 0, 0, 0, 0xD3, 0x2D];
        byte[] curve = [.. "curv"u8, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0xCD, 0, 0];
        byte[] tags = [0, 0, 0, 2, .. "wtpt"u8, 0, 0, 0, 156, 0, 0, 0, 20, .. "kTRC"u8, 0, 0, 0, 176, 0, 0, 0, 14];
        var header = new byte[128];
        (header[3], header[8], header[67]) = (192, 2, 0);
        "mntrGRAYXYZ "u8.CopyTo(header.AsSpan(12));
        "acsp"u8.CopyTo(header.AsSpan(36));
        white.AsSpan(8).CopyTo(header.AsSpan(68));
        return [.. header, .. tags, .. white, .. curve];
    }

    private static VipsImage Drawn(int width, int height, int bands)
    {
        var random = new Random(width + height + bands);
        var pixels = new byte[width * height * bands];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (x, y, band) = (i / bands % width, i / bands / width, i % bands);
            pixels[i] = (byte)Math.Clamp(60 + (x * 120 / width) + (band * 20) + (y * 50 / height) + random.Next(-6, 7), 0, 255);
        }

        return VipsImage.FromPixels(pixels, width, height, bands);
    }
}
