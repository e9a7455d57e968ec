namespace GptImage2.Imaging;

/// <summary>An 8-bit sRGB colour with straight alpha; 255 is opaque.</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue, byte Alpha = 255)
{
    public static Colour White { get; } = new(255, 255, 255);

    public static Colour Black { get; } = new(0, 0, 0);

    public static Colour Transparent { get; } = new(0, 0, 0, 0);

    /// <summary>In degrees around the circle, 0 for red, 120 for green; 0 where there is none.</summary>
    [JsonIgnore]
    public double Hue => Chroma == 0 ? 0 : 60 * (Math.Max(Red, Math.Max(Green, Blue)) switch
    {
        var most when most == Red => (((Green - Blue) / (double)Chroma) + 6) % 6,
        var most when most == Green => ((Blue - Red) / (double)Chroma) + 2,
        _ => ((Red - Green) / (double)Chroma) + 4,
    });

    /// <summary>Difference between the largest and the smallest of red, green and blue: 0 for greys, 255 for pure hues.</summary>
    [JsonIgnore]
    public int Chroma => Math.Max(Red, Math.Max(Green, Blue)) - Math.Min(Red, Math.Min(Green, Blue));
}

/// <summary>What an image's channels mean.</summary>
public enum ColourSpace
{
    Grey,
    Rgb,
    Cmyk,
    Other,
}
