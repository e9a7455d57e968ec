using System.Numerics;
using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.DualBackground;

/// <summary>
/// Undoes the drift of colours from the first picture to the second: opaque parts should look the same in both. What grows with a channel's level,
/// or differs from channel to channel, is drift; what lightens all channels of the first picture evenly is translucency and stays.
/// </summary>
/// <param name="Gain">Of each channel of the second picture.</param>
internal sealed record ColourCorrection(Vector3 Gain)
{
    private const int GridCount = 200_000;

    /// <summary>Levels by which an opaque pixel may differ between the two pictures.</summary>
    private const float MaxDifference = 26;

    /// <summary>Fewer opaque pixels tell nothing.</summary>
    private const int MinSamples = 300;

    /// <summary>Levels: a channel that is darker everywhere has no gain worth knowing.</summary>
    private const double MinLevel = 30;

    private const float MaxChange = 0.08f;

    internal static ColourCorrection None { get; } = new(Vector3.One);

    internal Vector3 Apply(Vector3 colour) => colour * Gain;

    internal static ColourCorrection Estimate(PicturePair pair)
    {
        (Vector3 Light, Vector3 Dark)[] opaque = [.. pair.OnGrid(GridCount)
            .Select(place => (Light: pair.LightColourAt(place.X, place.Y), Dark: pair.DarkColourAt(place.X, place.Y, pair.Shift)))
            .Where(colours => colours.Light.MaxDifference(colours.Dark) <= MaxDifference)];
        if (opaque.Length < MinSamples)
        {
            return None;
        }

        // Against the mean of both, because noise of one alone would pass for a slope.
        DriftLine[] lines = [.. Enumerable.Range(0, 3).Select(channel => DriftLine.Fit(
            [.. opaque.Select(colours => ((colours.Dark[channel] + colours.Light[channel]) / 2, colours.Light[channel] - colours.Dark[channel]))]))];
        var even = Math.Max(0, lines.Min(line => line.Offset));
        return new ColourCorrection(new Vector3(ToGain(lines[0], even), ToGain(lines[1], even), ToGain(lines[2], even)));
    }

    private static float ToGain(DriftLine line, double even) =>
        line.MeanLevel < MinLevel ? 1 : 1 + Math.Clamp((float)(line.Slope + ((line.Offset - even) / line.MeanLevel)), -MaxChange, MaxChange);
}
