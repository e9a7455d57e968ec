namespace GptImage2.Imaging.Matting;

/// <summary>What is known while a subject is cut out; the steps fill it in, one after the other.</summary>
internal sealed class Matte(PixelGrid pixels, Backdrop backdrop, Tolerances tolerances)
{
    internal PixelGrid Pixels => pixels;

    internal Backdrop Backdrop => backdrop;

    internal Tolerances Tolerances => tolerances;

    internal PixelKind[] Kinds { get; } = new PixelKind[pixels.Count];

    /// <summary>The outcome: straight colours and alpha, four bytes a pixel.</summary>
    internal byte[] Result { get; } = new byte[pixels.Count * 4];

    internal void Set(int place, float red, float green, float blue, float alpha)
    {
        var at = Result.AsSpan(place * 4, 4);
        at[0] = Level(red);
        at[1] = Level(green);
        at[2] = Level(blue);
        at[3] = Level(alpha * 255);
    }

    private static byte Level(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);
}
