namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>
/// Gives every pixel a touch of the palette and a little grain, as a real model does that is asked to keep an image:
/// each channel changes by at least one level of 255 and by no more than six.
/// </summary>
internal static class SketchRepaint
{
    private const double TintStrength = 4;

    /// <summary>A prime, so that rows do not repeat each other.</summary>
    private const int GrainLength = 16_381;

    /// <returns>New pixels; alpha stays.</returns>
    public static byte[] Apply(ReadOnlySpan<byte> rgba, Colour colour, Random random)
    {
        var tint = ComputeTint(colour);

        // Up to a level and a half either way, in 65536ths of one; also what rounds to whole levels without steps.
        int[] grain = [.. Enumerable.Range(0, GrainLength).Select(_ => 32768 + random.Next(-98304, 98305))];
        var painted = rgba.ToArray();
        for (var pixel = 0; pixel < painted.Length / 4; pixel++)
        {
            var noise = grain[pixel % GrainLength];
            for (var channel = 0; channel < 3; channel++)
            {
                ref var value = ref painted[(pixel * 4) + channel];
                value = ApplyShift(value, (tint[channel] + noise) >> 16);
            }
        }

        return painted;
    }

    private static byte ApplyShift(byte value, int shift)
    {
        var shifted = Math.Clamp(value + shift, 0, 255);
        return (byte)(shifted != value ? shifted : value < 128 ? value + 1 : value - 1);
    }

    /// <summary>A colour's pull on each channel, in 65536ths of a level: its hue, and a touch of its lightness.</summary>
    private static int[] ComputeTint(Colour colour)
    {
        double[] channels = [colour.Red, colour.Green, colour.Blue];
        var light = channels.Average();
        var hue = Math.Max(1, channels.Max(channel => Math.Abs(channel - light)));
        return [.. channels.Select(channel => (int)(65536 * TintStrength * ((0.75 * (channel - light) / hue) + (light > 128 ? 0.25 : -0.25))))];
    }
}
