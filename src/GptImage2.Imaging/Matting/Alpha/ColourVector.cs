namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>Arithmetic of ways through colour space, in levels.</summary>
internal static class ColourVector
{
    internal static float Dot(ReadOnlySpan<float> one, ReadOnlySpan<float> other) =>
        (one[0] * other[0]) + (one[1] * other[1]) + (one[2] * other[2]);

    internal static float Length(ReadOnlySpan<float> way) => MathF.Sqrt(Dot(way, way));

    /// <summary>By how much a way's end misses the line along another.</summary>
    internal static float DistanceToLine(ReadOnlySpan<float> way, ReadOnlySpan<float> line, float length)
    {
        var along = Dot(way, line) / length;
        return along <= 0 ? float.MaxValue : MathF.Sqrt(Math.Max(0, Dot(way, way) - (along * along)));
    }
}
