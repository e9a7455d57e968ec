namespace GptImage2.Imaging.Vips.Interop;

/// <summary>What the channels mean, as far as we tell them apart; the numbers are libvips' own.</summary>
internal enum VipsInterpretation
{
    Multiband = 0,
    BlackAndWhite = 1,
    Cmyk = 15,
    Rgb = 17,
    Srgb = 22,
    Grey16 = 26,
    Rgb16 = 25,
    ScRgb = 28,
}
