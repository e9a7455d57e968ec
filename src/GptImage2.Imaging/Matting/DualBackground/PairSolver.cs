using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.DualBackground;

/// <summary>Solves each pixel of a pair on its own, into the light picture's own buffer.</summary>
internal static class PairSolver
{
    /// <summary>Alphas of three channels that are this far apart are not averaged: one of them is wrong, or what shows through is tinted.</summary>
    private const float MaxMeanSpread = 0.1f;

    /// <summary>From the least that 8 bits round to, up to the most that may be taken for noise.</summary>
    private const float MinSnap = 0.008f;

    private const float MaxSnap = 0.03f;

    internal static PairAgreement Solve(PicturePair pair, BackdropPair backdrops, CancellationToken cancellationToken)
    {
        var (width, height) = (pair.Light.Width, pair.Light.Height);
        var agreement = new PairAgreement(backdrops.Noise);
        var snap = Math.Clamp(MinSnap + (3 * backdrops.Noise), MinSnap, MaxSnap);
        var (light, dark) = (new Vector3[width], new Vector3[width]);
        for (var y = 0; y < height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            backdrops.Light.EvaluateRow(y, light);
            backdrops.Dark.EvaluateRow(y, dark);
            for (var x = 0; x < width; x++)
            {
                var (onLight, onDark) = (pair.LightColourAt(x, y), pair.DarkColourAt(x, y));
                var seen = (onLight - onDark) / (light[x] - dark[x]);
                var alpha = Snap(1 - ChooseShare(seen), snap);
                var (subjectOnLight, subjectOnDark) = (onLight - ((1 - alpha) * light[x]), onDark - ((1 - alpha) * dark[x]));
                agreement.Add(seen, alpha, subjectOnLight, subjectOnDark);
                Write(pair.Light.Rgba.AsSpan(((y * width) + x) * 4, 4), alpha, subjectOnLight, subjectOnDark);
            }
        }

        return agreement;
    }

    /// <summary>How far the share of a backdrop that is seen lies outside 0 to 1, in the worst channel.</summary>
    internal static float MeasureExcess(Vector3 seen) => Vector3.Max(-seen, seen - Vector3.One).MaxChannel is > 0 and var excess ? excess : 0;

    /// <summary>How far apart the channels are.</summary>
    internal static float MeasureSpread(Vector3 seen) => seen.MaxChannel + (-seen).MaxChannel;

    /// <summary>The share of the backdrop that is seen: the least-squares solution where the channels agree, the one in the middle where they do not.</summary>
    private static float ChooseShare(Vector3 seen) => MeasureSpread(seen) <= MaxMeanSpread
        ? seen.ChannelSum / 3
        : seen.ChannelSum - seen.MaxChannel + (-seen).MaxChannel;

    private static float Snap(float alpha, float tolerance) => alpha <= tolerance ? 0 : alpha >= 1 - tolerance ? 1 : alpha;

    /// <summary>Opaque pixels stay as they are; the others get the colour that explains both pictures best.</summary>
    private static void Write(Span<byte> pixel, float alpha, Vector3 fromLight, Vector3 fromDark)
    {
        pixel[3] = (byte)MathF.Round(255 * alpha);
        if (alpha is 0 or 1)
        {
            return;
        }

        var colour = ColourVector.ClampToLevels((fromLight + fromDark) / (2 * alpha));
        (pixel[0], pixel[1], pixel[2]) = ((byte)MathF.Round(colour.X), (byte)MathF.Round(colour.Y), (byte)MathF.Round(colour.Z));
    }
}
