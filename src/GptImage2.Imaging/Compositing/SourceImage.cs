using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Compositing;

/// <summary>
/// A picture as it is pasted into: upright, in its own depth and colours as far as the result's format holds them, else as 8-bit sRGB.
/// It can be read several times: small ones from memory, large ones by streaming through the file again.
/// </summary>
internal sealed class SourceImage : IDisposable
{
    /// <summary>Decoded bytes up to which memory is cheaper than decoding again.</summary>
    private const long MaxBytesInMemory = 32 << 20;

    private readonly ImageLoader _loader;
    private readonly ImageFormat _format;
    private readonly VipsImage? _decoded;

    internal SourceImage(EncodedImage image, ImageFormat format, ImageLimits? limits)
    {
        _format = format;
        _loader = new ImageLoader(image, limits);
        using var stored = _loader.Open(PixelAccess.Sequential);
        using var fitting = ConvertForFormat(stored);
        var turned = ImageHeader.GetOrientation(stored) > 2;
        Size = ImageHeader.ToImageInfo(_loader.Format, stored).Size;
        WasCmyk = stored.Interpretation is VipsInterpretation.Cmyk;
        BecameEightBit = stored.Format is not VipsBandFormat.UChar && fitting.Format is VipsBandFormat.UChar;
        ProfileConverted = stored.HasProfile && !fitting.HasProfile && !WasCmyk;
        if (turned || Size.PixelCount * fitting.Bands * (fitting.Format is VipsBandFormat.UShort ? 2 : 1) <= MaxBytesInMemory)
        {
            using var upright = OpenStreaming();
            _decoded = WithDecodeErrors(upright.CopyToMemory);
        }
    }

    internal Dimensions Size { get; }

    internal bool WasCmyk { get; }

    internal bool BecameEightBit { get; }

    internal bool ProfileConverted { get; }

    /// <summary>The pixels once more, from top to bottom.</summary>
    internal VipsImage OpenPixels() => _decoded?.Copy() ?? OpenStreaming();

    public void Dispose() => _decoded?.Dispose();

    internal static T WithDecodeErrors<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (VipsException exception)
        {
            throw ImageLoader.DamagedImage(exception);
        }
    }

    private VipsImage OpenStreaming() => _loader.OpenUpright(PixelAccess.Sequential).Pipe(ConvertForFormat);

    private VipsImage ConvertForFormat(VipsImage image) => HasStandardLayout(image) && ImageEncoder.CanRepresent(image, _format) ? image.Copy() : image.ToSrgb8();

    /// <summary>Grey or RGB with at most one further channel; some files have many, or call 16 bits sRGB.</summary>
    private static bool HasStandardLayout(VipsImage image) => (image.Interpretation, image.Format) switch
    {
        (VipsInterpretation.Srgb, VipsBandFormat.UChar) or (VipsInterpretation.Rgb16, VipsBandFormat.UShort) => image.Bands is 3 or 4,
        (VipsInterpretation.BlackAndWhite, VipsBandFormat.UChar) or (VipsInterpretation.Grey16, VipsBandFormat.UShort) => image.Bands is 1 or 2,
        _ => false,
    };
}
