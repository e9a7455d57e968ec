namespace GptImage2.Imaging.Algorithms;

/// <summary>
/// How far each marked pixel is from the nearest unmarked one, between centres, in linear time: first down and up the columns, then along each
/// row over the lower envelope of the parabolas that the columns give (Felzenszwalb and Huttenlocher). What is beyond the field marks no edge.
/// </summary>
public sealed class DistanceTransform
{
    private readonly int _width;
    private readonly int _maxDistance;
    private readonly ushort[] _distances;

    /// <param name="width">Of a row of marks.</param>
    /// <param name="marks">One byte a pixel, 0 where unmarked.</param>
    /// <param name="most">Distances from here on count as this.</param>
    public DistanceTransform(int width, byte[] marks, int most)
    {
        _width = width;
        _maxDistance = most;
        UnitsPerPixel = Math.Clamp(ushort.MaxValue / (most + 1), 1, 64);
        _distances = new ushort[marks.Length];
        TransformColumns(marks);
        var envelope = new LowerEnvelope(width);
        for (var start = 0; start < marks.Length; start += width)
        {
            TransformRow(_distances.AsSpan(start, width), envelope);
        }
    }

    /// <summary>Distances are whole numbers of this fraction of a pixel.</summary>
    public int UnitsPerPixel { get; }

    public ReadOnlySpan<ushort> GetRow(int y) => _distances.AsSpan(y * _width, _width);

    private void TransformColumns(byte[] marks)
    {
        for (var i = 0; i < marks.Length; i++)
        {
            var above = i < _width ? _maxDistance : _distances[i - _width];
            _distances[i] = marks[i] == 0 ? (ushort)0 : (ushort)Math.Min(above + 1, _maxDistance);
        }

        for (var i = marks.Length - _width - 1; i >= 0; i--)
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

    /// <summary>Parabolas over a row, of which the lowest at each place counts.</summary>
    private sealed class LowerEnvelope(int width)
    {
        private readonly int[] _vertices = new int[width];
        private readonly long[] _squaredDistances = new long[width];
        private readonly double[] _starts = new double[width];
        private int _count;
        private int _current;

        internal bool IsEmpty => _count == 0;

        internal void Clear() => (_count, _current) = (0, 0);

        /// <summary>Middles come from left to right.</summary>
        internal void AddParabola(int middle, int distance)
        {
            var height = (long)distance * distance;
            var from = double.NegativeInfinity;
            while (_count > 0 && (from = Intersection(_count - 1, middle, height)) <= _starts[_count - 1])
            {
                _count--;
            }

            _vertices[_count] = middle;
            _squaredDistances[_count] = height;
            _starts[_count] = _count == 0 ? double.NegativeInfinity : from;
            _count++;
        }

        /// <summary>The squared distance; places come from left to right.</summary>
        internal long SquaredDistanceAt(int x)
        {
            while (_current + 1 < _count && _starts[_current + 1] < x)
            {
                _current++;
            }

            var across = (long)(x - _vertices[_current]);
            return (across * across) + _squaredDistances[_current];
        }

        private double Intersection(int other, int middle, long height) =>
            (height + ((long)middle * middle) - _squaredDistances[other] - ((long)_vertices[other] * _vertices[other])) / (2.0 * (middle - _vertices[other]));
    }
}
