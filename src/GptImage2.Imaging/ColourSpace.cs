namespace GptImage2.Imaging;

/// <summary>What an image's channels mean.</summary>
public enum ColourSpace
{
    Grey,
    Rgb,
    Cmyk,
    Other,
}
