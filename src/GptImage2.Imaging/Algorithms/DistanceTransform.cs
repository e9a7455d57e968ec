namespace GptImage2.Imaging.Algorithms;

/// <summary>
/// Exact Euclidean distance transform: the distance of each marked pixel to the nearest unmarked one, between centres, in linear time. Two
/// passes over the columns, then along each row the lower envelope of the columns' parabolas (Felzenszwalb and Huttenlocher, "Distance
/// Transforms of Sampled Functions", 2012). The border of the field is no edge.
/// </summary>
public sealed class DistanceTransform
{
    private readonly int _width;
    private readonly int _maxDistance;
    private readonly ushort[] _distances;

    /// <param name="width">Pixels of a row.</param>
    /// <param name="mask">One byte a pixel, 0 where unmarked.</param>
    /// <param name="maxDistance">In pixels; larger distances are clamped to it.</param>
    public DistanceTransform(int width, byte[] mask, int maxDistance)
    {
        _width = width;
        _maxDistance = maxDistance;
        UnitsPerPixel = Math.Clamp(ushort.MaxValue / (maxDistance + 1), 1, 64);
        _distances = new ushort[mask.Length];
        TransformColumns(mask);
        var envelope = new LowerEnvelope(width);
        for (var start = 0; start < mask.Length; start += width)
        {
            TransformRow(_distances.AsSpan(start, width), envelope);
        }
    }

    /// <summary>Distances are integers in fixed point: so many units are one pixel.</summary>
    public int UnitsPerPixel { get; }

    public ReadOnlySpan<ushort> GetRow(int y) => _distances.AsSpan(y * _width, _width);

    private void TransformColumns(byte[] mask)
    {
        for (var i = 0; i < mask.Length; i++)
        {
            var above = i < _width ? _maxDistance : _distances[i - _width];
            _distances[i] = mask[i] == 0 ? (ushort)0 : (ushort)Math.Min(above + 1, _maxDistance);
        }

        for (var i = mask.Length - _width - 1; i >= 0; i--)
        {
            _distances[i] = (ushort)Math.Min(_distances[i], _distances[i + _width] + 1);
        }
    }

    private void TransformRow(Span<ushort> row, LowerEnvelope envelope)
    {
        envelope.Clear();
        for (var x = 0; x < row.Length; x++)
        {
            if (row[x] < _maxDistance)
            {
                envelope.AddParabola(x, row[x]);
            }
        }

        var far = (ushort)(_maxDistance * UnitsPerPixel);
        if (envelope.IsEmpty)
        {
            row.Fill(far);
            return;
        }

        for (var x = 0; x < row.Length; x++)
        {
            var squared = envelope.SquaredDistanceAt(x);
            row[x] = squared == 0 ? (ushort)0 : squared >= (long)_maxDistance * _maxDistance ? far : (ushort)(Math.Sqrt(squared) * UnitsPerPixel);
        }
    }

    /// <summary>The lower envelope of the parabolas rooted at the columns of a row.</summary>
    private sealed class LowerEnvelope(int width)
    {
        private readonly int[] _vertices = new int[width];
        private readonly long[] _squaredDistances = new long[width];
        private readonly double[] _starts = new double[width];
        private int _count;
        private int _current;

        internal bool IsEmpty => _count == 0;

        internal void Clear() => (_count, _current) = (0, 0);

        /// <summary>Vertices must come from left to right.</summary>
        internal void AddParabola(int vertex, int distance)
        {
            var height = (long)distance * distance;
            var from = double.NegativeInfinity;
            while (_count > 0 && (from = Intersection(_count - 1, vertex, height)) <= _starts[_count - 1])
            {
                _count--;
            }

            _vertices[_count] = vertex;
            _squaredDistances[_count] = height;
            _starts[_count] = _count == 0 ? double.NegativeInfinity : from;
            _count++;
        }

        /// <summary>Positions must come from left to right.</summary>
        internal long SquaredDistanceAt(int x)
        {
            while (_current + 1 < _count && _starts[_current + 1] < x)
            {
                _current++;
            }

            var offset = (long)(x - _vertices[_current]);
            return (offset * offset) + _squaredDistances[_current];
        }

        private double Intersection(int other, int vertex, long height) =>
            (height + ((long)vertex * vertex) - _squaredDistances[other] - ((long)_vertices[other] * _vertices[other])) / (2.0 * (vertex - _vertices[other]));
    }
}
