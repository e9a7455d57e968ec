namespace GptImage2.Imaging.Vips.Interop;

/// <summary>How one channel value is stored; the numbers are libvips' own.</summary>
internal enum VipsBandFormat
{
    UChar = 0,
    Char = 1,
    UShort = 2,
    Short = 3,
    UInt = 4,
    Int = 5,
    Float = 6,
    Complex = 7,
    Double = 8,
    DpComplex = 9,
}
