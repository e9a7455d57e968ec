using GptImage2.Imaging.Algorithms;
using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>Last stage: alpha bleeding. Transparent pixels take the colour of the nearest visible one, so that scaling with straight alpha shows no fringe.</summary>
internal static class AlphaBleeding
{
    /// <summary>In pixels; usual scaling reaches no further, and one constant colour compresses best.</summary>
    private const int MaxDistance = 12;

    /// <summary>Fainter pixels have the least reliable colour.</summary>
    private const byte MinAlpha = 24;

    internal static void BleedColours(MattingContext context) => BleedColours(context.Result, context.Pixels.Width);

    /// <param name="result">Red, green, blue and straight alpha, a byte each, row by row.</param>
    internal static void BleedColours(byte[] result, int width)
    {
        var known = new bool[result.Length / 4];
        for (var index = 0; index < known.Length; index++)
        {
            var alpha = result[(index * 4) + 3];
            known[index] = alpha >= MinAlpha;
            if (alpha == 0)
            {
                result.AsSpan(index * 4, 3).Clear();
            }
        }

        RegionGrowth.Grow(known, width, MaxDistance, (from, to) =>
        {
            if (result[(to * 4) + 3] == 0)
            {
                result.AsSpan(from * 4, 3).CopyTo(result.AsSpan(to * 4, 3));
            }

            return true;
        });
    }
}
