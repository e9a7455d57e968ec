namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>Arithmetic of vectors in colour space, in levels.</summary>
internal static class ColourVector
{
    internal static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other) =>
        (one[0] * other[0]) + (one[1] * other[1]) + (one[2] * other[2]);

    internal static float Length(ReadOnlySpan<float> vector) => MathF.Sqrt(Dot(vector, vector));

    /// <summary>Distance of a vector's end from the ray along a direction; <see cref="float.MaxValue"/> when it points the other way.</summary>
    internal static float DistanceToLine(ReadOnlySpan<float> vector, ReadOnlySpan<float> direction, float directionLength)
    {
        var projection = Dot(vector, direction) / directionLength;
        return projection <= 0 ? float.MaxValue : MathF.Sqrt(Math.Max(0, Dot(vector, vector) - (projection * projection)));
    }
}
