using GptImage2.Imaging;
using GptImage2.Testing.OpenAI.Requests;

namespace GptImage2.Testing.Images;

/// <summary>Draws, as a service that does what it is told, a blue pane with a red disc on it: on white, and on black where the prompt wants that.</summary>
public static class TranslucentPane
{
    /// <summary>Of the pane, 0 to 1; the disc is opaque.</summary>
    public const double Opacity = 0.4;

    private static readonly byte[] Pane = [70, 130, 220];
    private static readonly byte[] Disc = [200, 40, 30];

    /// <summary>Whether it is the second picture of two that is ordered.</summary>
    public static bool IsSecond(ImageOrder order) => IsSecond(order.Prompt);

    public static bool IsSecond(string prompt) => prompt.Contains("#000000", StringComparison.Ordinal);

    /// <summary>Fits <c>StrictOpenAI.DrawImage</c>.</summary>
    public static byte[] Draw(ImageOrder order, int index) => Draw(order, drift: 0);

    /// <param name="drift">Pixels by which the second picture is moved.</param>
    public static byte[] Draw(ImageOrder order, double drift) => Draw(order.Size, IsSecond(order), drift);

    public static byte[] Draw(Dimensions size, bool onBlack, double drift = 0)
    {
        var behind = (byte)(onBlack ? 0 : 255);
        var pixels = new PngPixels(size, new byte[size.PixelCount * 4]);
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                var (across, down) = ((x - (onBlack ? drift : 0)) / size.Width, (double)y / size.Height);
                var opacity = IsDisc(across, down) ? 1 : across is > 0.2 and < 0.8 && down is > 0.2 and < 0.8 ? Opacity : 0;
                var colour = IsDisc(across, down) ? Disc : Pane;
                for (var channel = 0; channel < 3; channel++)
                {
                    pixels[x, y][channel] = (byte)Math.Round((colour[channel] * opacity) + (behind * (1 - opacity)));
                }
            }
        }

        return pixels.Encode(alpha: false);
    }

    private static bool IsDisc(double across, double down) => ((across - 0.5) * (across - 0.5)) + ((down - 0.5) * (down - 0.5)) < 0.015;
}
