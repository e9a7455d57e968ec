using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Testing.Matting;

/// <summary>How far a cut-out is from the truth.</summary>
/// <param name="AlphaError">Mean absolute error of alpha over the whole image, 0 to 1.</param>
/// <param name="Halo">Mean error of what is seen in front of black, white and magenta, over pixels near an outline, in levels.</param>
/// <param name="OpaqueLoss">Of the certainly opaque area, <see cref="Margin"/> pixels and more from anything else, the share that is not opaque any more, 0 to 1.</param>
public sealed record MattingAccuracy(double AlphaError, double Halo, double OpaqueLoss)
{
    /// <summary>In pixels.</summary>
    public const int Margin = 6;

    /// <summary>From here on nobody sees anything through it.</summary>
    private const byte Opaque = 250;

    private static readonly byte[][] Backgrounds = [[0, 0, 0], [255, 255, 255], [255, 0, 255]];

    public static MattingAccuracy Measure(Image cut, Subject truth)
    {
        var pixels = cut.ToRgbaBytes();
        var certain = FindCertainlyOpaque(truth);
        var (alphaError, seenError, band, opaque, lost) = (0.0, 0.0, 0, 0, 0);
        for (var place = 0; place < truth.PixelCount; place++)
        {
            alphaError += Math.Abs((pixels[(place * 4) + 3] / 255.0) - truth.Alpha(place));
            (opaque, lost) = certain[place] ? (opaque + 1, lost + (pixels[(place * 4) + 3] < Opaque ? 1 : 0)) : (opaque, lost);
            if (IsEdge(truth, place))
            {
                band++;
                seenError += Seen(pixels, truth, place);
            }
        }

        return new MattingAccuracy(alphaError / truth.PixelCount, seenError / Math.Max(1, band), (double)lost / Math.Max(1, opaque));
    }

    public static bool IsEdge(Subject truth, int place)
    {
        var (x, y) = (place % truth.Width, place / truth.Width);
        if (x < 2 || y < 2 || x >= truth.Width - 2 || y >= truth.Height - 2)
        {
            return false;
        }

        var alpha = truth.Alpha(place);
        return Math.Abs(truth.Alpha(place - 2) - alpha) > 0.1 || Math.Abs(truth.Alpha(place + 2) - alpha) > 0.1
            || Math.Abs(truth.Alpha(place - (2 * truth.Width)) - alpha) > 0.1 || Math.Abs(truth.Alpha(place + (2 * truth.Width)) - alpha) > 0.1;
    }

    /// <summary>Erosion by a square, rows first; what reaches the border of the image is not eroded there.</summary>
    private static bool[] FindCertainlyOpaque(Subject truth)
    {
        bool[] opaque = [.. Enumerable.Range(0, truth.PixelCount).Select(place => truth.Alpha(place) >= Opaque / 255f)];
        var rows = Erode(opaque, truth.Width, truth.Height, 1, truth.Width);
        return Erode(rows, truth.Height, truth.Width, truth.Width, 1);
    }

    private static bool[] Erode(bool[] marks, int length, int lines, int step, int lineStep)
    {
        var eroded = new bool[marks.Length];
        for (var line = 0; line < lines; line++)
        {
            for (var (i, lastGap) = (0, -Margin - 1); i < length + Margin; i++)
            {
                lastGap = i < length && !marks[(line * lineStep) + (i * step)] ? i : lastGap;
                if (i >= Margin)
                {
                    eroded[(line * lineStep) + ((i - Margin) * step)] = i - lastGap > 2 * Margin;
                }
            }
        }

        return eroded;
    }

    private static double Seen(byte[] pixels, Subject truth, int place)
    {
        var sum = 0.0;
        var alpha = pixels[(place * 4) + 3] / 255.0;
        foreach (var ground in Backgrounds)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                var seen = (pixels[(place * 4) + channel] * alpha) + ((1 - alpha) * ground[channel]);
                sum += Math.Abs(seen - truth.CompositeOver(place, channel, ground[channel]));
            }
        }

        return sum / 9;
    }
}
