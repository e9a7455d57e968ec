namespace GptImage2.Imaging.Algorithms;

/// <summary>Distance between two colours in levels of the channel that differs most (Chebyshev distance).</summary>
internal static class ColourDistance
{
    internal static float Chebyshev(ReadOnlySpan<byte> one, ReadOnlySpan<float> other) =>
        Math.Max(Math.Abs(one[0] - other[0]), Math.Max(Math.Abs(one[1] - other[1]), Math.Abs(one[2] - other[2])));

    internal static int Chebyshev(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        Math.Max(Math.Abs(one[0] - other[0]), Math.Max(Math.Abs(one[1] - other[1]), Math.Abs(one[2] - other[2])));
}
