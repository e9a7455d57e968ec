using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Tests.Matting;

/// <summary>How far a cut-out is from the truth.</summary>
/// <param name="AlphaError">Mean absolute error of alpha over the whole image, 0 to 1.</param>
/// <param name="Halo">Mean error of what is seen in front of black, white and magenta, over pixels near an outline, in levels.</param>
internal sealed record MattingAccuracy(double AlphaError, double Halo)
{
    private static readonly byte[][] Backgrounds = [[0, 0, 0], [255, 255, 255], [255, 0, 255]];

    internal static MattingAccuracy Measure(Image cut, SubjectDrawing truth)
    {
        var pixels = cut.ToRgbaBytes();
        var count = truth.Size * truth.Size;
        var (alphaError, seenError, band) = (0.0, 0.0, 0);
        for (var place = 0; place < count; place++)
        {
            alphaError += Math.Abs((pixels[(place * 4) + 3] / 255.0) - truth.Alpha(place));
            if (IsEdge(truth, place))
            {
                band++;
                seenError += Seen(pixels, truth, place);
            }
        }

        return new MattingAccuracy(alphaError / count, seenError / Math.Max(1, band));
    }

    internal static bool IsEdge(SubjectDrawing truth, int place)
    {
        var (x, y) = (place % truth.Size, place / truth.Size);
        if (x < 2 || y < 2 || x >= truth.Size - 2 || y >= truth.Size - 2)
        {
            return false;
        }

        var alpha = truth.Alpha(place);
        return Math.Abs(truth.Alpha(place - 2) - alpha) > 0.1 || Math.Abs(truth.Alpha(place + 2) - alpha) > 0.1
            || Math.Abs(truth.Alpha(place - (2 * truth.Size)) - alpha) > 0.1 || Math.Abs(truth.Alpha(place + (2 * truth.Size)) - alpha) > 0.1;
    }

    private static double Seen(byte[] pixels, SubjectDrawing truth, int place)
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
