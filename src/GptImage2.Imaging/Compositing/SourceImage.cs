using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Compositing;

/// <summary>
/// The image that is pasted into: upright, in its own bit depth and colour space if the result's format can hold them, otherwise 8-bit sRGB,
/// as where the profile takes no colours.
/// It can be read several times: a small one from memory, a large one by streaming the file again.
/// </summary>
internal sealed class SourceImage : IDisposable
{
    /// <summary>Decoded size in bytes up to which holding pixels is better than decoding again.</summary>
    private const long MaxBytesInMemory = 32 << 20;

    private readonly ImageLoader _loader;
    private readonly ImageFormat _format;
    private readonly bool _keepsProfile;
    private readonly VipsImage? _decoded;

    internal SourceImage(EncodedImage image, ImageFormat format)
    {
        _format = format;
        _loader = new ImageLoader(image);
        using var stored = _loader.Open(PixelAccess.Sequential);
        WasCmyk = stored.Interpretation is VipsInterpretation.Cmyk;
        _keepsProfile = WasCmyk || ProfileRoundTrip.Holds(stored);
        PngKeepsAll = CanKeep(stored, ImageFormat.Png);
        using var converted = ConvertForFormat(stored);
        var isRotated = ImageHeader.GetOrientation(stored) > 2;
        Size = ImageHeader.ToImageInfo(_loader.Format, stored).Size;
        BecameEightBit = _keepsProfile && stored.Format is not VipsBandFormat.UChar && converted.Format is VipsBandFormat.UChar;
        ProfileConverted = stored.HasProfile && !converted.HasProfile && !WasCmyk && _keepsProfile;
        if (isRotated || Size.PixelCount * converted.Bands * (converted.Format is VipsBandFormat.UShort ? 2 : 1) <= MaxBytesInMemory)
        {
            using var upright = OpenStreaming();
            _decoded = ImageLoader.WithDecodeErrors(upright.CopyToMemory);
        }
    }

    internal Dimensions Size { get; }

    internal ImageFormat FileFormat => _loader.Format;

    internal bool WasCmyk { get; }

    /// <summary>Its profile says how its colours look, and not how others are written: all of it became sRGB.</summary>
    internal bool ProfileUnwritable => !_keepsProfile;

    internal bool BecameEightBit { get; }

    internal bool ProfileConverted { get; }

    /// <summary>A png would hold its pixels unchanged, with their profile.</summary>
    internal bool PngKeepsAll { get; }

    /// <summary>Opens the pixels for one pass from top to bottom.</summary>
    internal VipsImage OpenPixels() => _decoded?.Copy() ?? OpenStreaming();

    public void Dispose() => _decoded?.Dispose();

    private VipsImage OpenStreaming() => _loader.OpenUpright(PixelAccess.Sequential).Pipe(ConvertForFormat);

    private VipsImage ConvertForFormat(VipsImage image) => CanKeep(image, _format) ? image.Copy() : image.ToSrgb8();

    private bool CanKeep(VipsImage image, ImageFormat format) => _keepsProfile && HasStandardLayout(image) && ImageEncoder.CanRepresent(image, format);

    /// <summary>Grey or RGB with at most an alpha channel; some files have more channels, or tag 16 bits as sRGB.</summary>
    private static bool HasStandardLayout(VipsImage image) => (image.Interpretation, image.Format) switch
    {
        (VipsInterpretation.Srgb, VipsBandFormat.UChar) or (VipsInterpretation.Rgb16, VipsBandFormat.UShort) => image.Bands is 3 or 4,
        (VipsInterpretation.BlackAndWhite, VipsBandFormat.UChar) or (VipsInterpretation.Grey16, VipsBandFormat.UShort) => image.Bands is 1 or 2,
        _ => false,
    };
}
