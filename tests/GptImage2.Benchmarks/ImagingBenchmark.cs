using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.Formats.Webp;
using SixLabors.ImageSharp.PixelFormats;
using SixLabors.ImageSharp.Processing;
using SixLabors.ImageSharp.Processing.Processors.Transforms;
using Image = GptImage2.Imaging.Codecs.Image;
using SharpImage = SixLabors.ImageSharp.Image;

namespace GptImage2.Benchmarks;

/// <summary>Why libvips: the operations of a call, side by side with ImageSharp, on an opaque, grainy image of 3840x2160.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class ImagingBenchmark
{
    private static readonly Dimensions Size = new(3840, 2160);
    private static readonly Dimensions PatchSize = new(1024, 1024);
    private static readonly Dimensions PreviewSize = new(1568, 882);
    private byte[] _png = [];
    private Image? _image;
    private Image? _patch;
    private Image<Rgb24>? _sharpImage;
    private Image<Rgba32>? _sharpPatch;

    [GlobalSetup]
    public void Setup()
    {
        var (pixels, patch) = (Photograph(Size, alpha: 255), Photograph(PatchSize, alpha: 200));
        using var rgba = Image.FromPixels(Size, pixels);
        using var rgb = rgba.Flatten(Colour.White);
        _image = rgb.CopyToMemory();
        _patch = Image.FromPixels(PatchSize, patch);
        _sharpImage = SharpImage.LoadPixelData<Rgba32>(pixels, Size.Width, Size.Height).CloneAs<Rgb24>();
        _sharpPatch = SharpImage.LoadPixelData<Rgba32>(patch, PatchSize.Width, PatchSize.Height);
        _png = _image.Encode(new SaveOptions { Format = ImageFormat.Png });
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _image!.Dispose();
        _patch!.Dispose();
        _sharpImage!.Dispose();
        _sharpPatch!.Dispose();
    }

    [Benchmark(Baseline = true, Description = "libvips"), BenchmarkCategory("Decode a PNG")]
    public void DecodeWithLibvips()
    {
        using var lazy = Image.Open(EncodedImage.FromMemory(_png), PixelAccess.Sequential);
        using var pixels = lazy.CopyToMemory();
    }

    [Benchmark(Description = "ImageSharp"), BenchmarkCategory("Decode a PNG")]
    public void DecodeWithImageSharp() => SharpImage.Load<Rgb24>(_png).Dispose();

    [Benchmark(Baseline = true, Description = "libvips"), BenchmarkCategory("PNG to JPEG preview of 1568 px")]
    public byte[] JpegPreviewWithLibvips() => PreviewWithLibvips(ImageFormat.Jpeg);

    [Benchmark(Description = "ImageSharp"), BenchmarkCategory("PNG to JPEG preview of 1568 px")]
    public byte[] JpegPreviewWithImageSharp() => PreviewWithImageSharp(new JpegEncoder { Quality = 84 });

    [Benchmark(Baseline = true, Description = "libvips"), BenchmarkCategory("PNG to WebP preview of 1568 px")]
    public byte[] WebpPreviewWithLibvips() => PreviewWithLibvips(ImageFormat.Webp);

    [Benchmark(Description = "ImageSharp"), BenchmarkCategory("PNG to WebP preview of 1568 px")]
    public byte[] WebpPreviewWithImageSharp() => PreviewWithImageSharp(new WebpEncoder { Quality = 84, Method = WebpEncodingMethod.Level1 });

    [Benchmark(Baseline = true, Description = "libvips"), BenchmarkCategory("Encode a PNG")]
    public byte[] EncodeWithLibvips() => _image!.Encode(new SaveOptions { Format = ImageFormat.Png });

    [Benchmark(Description = "ImageSharp"), BenchmarkCategory("Encode a PNG")]
    public byte[] EncodeWithImageSharp() =>
        Encode(_sharpImage!, new PngEncoder { CompressionLevel = PngCompressionLevel.Level2, FilterMethod = PngFilterMethod.Up });

    [Benchmark(Baseline = true, Description = "libvips"), BenchmarkCategory("Composite 1024x1024")]
    public void CompositeWithLibvips()
    {
        using var composed = _image!.Overlay(_patch!, 900, 500);
        using var pixels = composed.CopyToMemory();
    }

    [Benchmark(Description = "ImageSharp"), BenchmarkCategory("Composite 1024x1024")]
    public void CompositeWithImageSharp() =>
        _sharpImage!.Clone(context => context.DrawImage(_sharpPatch!, new Point(900, 500), opacity: 1)).Dispose();

    private byte[] PreviewWithLibvips(ImageFormat format)
    {
        using var preview = Image.OpenThumbnail(EncodedImage.FromMemory(_png), PreviewSize.Width);
        return preview.Encode(new SaveOptions { Format = format, Quality = 84, Effort = 1 });
    }

    private byte[] PreviewWithImageSharp(IImageEncoder encoder)
    {
        using var image = SharpImage.Load<Rgb24>(_png);
        image.Mutate(context => context.Resize(PreviewSize.Width, PreviewSize.Height, LanczosResampler.Lanczos3));
        return Encode(image, encoder);
    }

    private static byte[] Encode(Image<Rgb24> image, IImageEncoder encoder)
    {
        using var memory = new MemoryStream();
        image.Save(memory, encoder);
        return memory.ToArray();
    }

    /// <summary>Smooth shades with grain: neither noise nor flat colour, as photographs are.</summary>
    private static byte[] Photograph(Dimensions size, byte alpha)
    {
        var random = new Random(1);
        var rgba = new byte[size.PixelCount * 4];
        for (var i = 0; i < size.PixelCount; i++)
        {
            var (x, y, grain) = ((double)(i % size.Width) / size.Width, (double)(i / size.Width) / size.Height, random.Next(6));
            rgba[i * 4] = (byte)(40 + (180 * x) + grain);
            rgba[(i * 4) + 1] = (byte)(100 + (90 * Math.Sin(9 * x * y)) + grain);
            rgba[(i * 4) + 2] = (byte)(200 - (150 * y) + grain);
            rgba[(i * 4) + 3] = alpha;
        }

        return rgba;
    }
}
