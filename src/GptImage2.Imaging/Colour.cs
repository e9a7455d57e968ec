namespace GptImage2.Imaging;

/// <summary>An 8-bit sRGB colour with straight alpha; 255 is opaque.</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue, byte Alpha = 255)
{
    public static Colour White { get; } = new(255, 255, 255);

    public static Colour Black { get; } = new(0, 0, 0);

    public static Colour Transparent { get; } = new(0, 0, 0, 0);

    /// <summary>Difference between the largest and the smallest of red, green and blue: 0 for greys, 255 for pure hues.</summary>
    internal int Chroma => Math.Max(Red, Math.Max(Green, Blue)) - Math.Min(Red, Math.Min(Green, Blue));
}

/// <summary>What an image's channels mean.</summary>
public enum ColourSpace
{
    Grey,
    Rgb,
    Cmyk,
    Other,
}
