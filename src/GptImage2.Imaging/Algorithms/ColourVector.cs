using System.Numerics;

namespace GptImage2.Imaging.Algorithms;

/// <summary>Arithmetic of colours as vectors of their channels, in levels.</summary>
internal static class ColourVector
{
    /// <summary>Summed in double precision.</summary>
    internal static Vector3 Average(Vector3[] colours) =>
        new(colours.Average(colour => colour.X), colours.Average(colour => colour.Y), colours.Average(colour => colour.Z));

    internal static Vector3 ClampToLevels(Vector3 colour) => Vector3.Clamp(colour, Vector3.Zero, new Vector3(255));

    extension(Vector3 colour)
    {
        internal float ChannelSum => colour.X + colour.Y + colour.Z;

        /// <summary>What is left without the grey.</summary>
        internal Vector3 Chroma => colour - new Vector3(colour.ChannelSum / 3);

        internal float MaxChannel => float.MaxNative(colour.X, float.MaxNative(colour.Y, colour.Z));

        /// <summary>Distance in levels of the channel that differs most (Chebyshev distance).</summary>
        internal float MaxDifference(Vector3 other) => Vector3.Abs(colour - other).MaxChannel;

        /// <summary>Distance of a vector's end from the ray along a direction; <see cref="float.MaxValue"/> when it points the other way.</summary>
        internal float DistanceToLine(Vector3 direction, float directionLength)
        {
            var projection = Vector3.Dot(colour, direction) / directionLength;
            return projection <= 0 ? float.MaxValue : MathF.Sqrt(Math.Max(0, colour.LengthSquared() - (projection * projection)));
        }
    }
}
