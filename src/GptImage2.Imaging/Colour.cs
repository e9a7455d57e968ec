namespace GptImage2.Imaging;

/// <summary>An sRGB colour; alpha 255 is opaque.</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue, byte Alpha = 255)
{
    public static Colour White { get; } = new(255, 255, 255);

    public static Colour Black { get; } = new(0, 0, 0);

    public static Colour Transparent { get; } = new(0, 0, 0, 0);
}
