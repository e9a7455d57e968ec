namespace GptImage2.Imaging.Vips.Interop;

/// <summary>How one sample is stored; values as in libvips.</summary>
internal enum VipsBandFormat
{
    UChar = 0,
    Char = 1,
    UShort = 2,
    Short = 3,
    UInt = 4,
    Int = 5,
    Float = 6,
    Double = 8,
}

/// <summary>What the channels mean, as far as we distinguish it; values as in libvips.</summary>
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
