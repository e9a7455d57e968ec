namespace GptImage2.Imaging.Masks;

/// <summary>
/// How far each marked pixel is from the nearest unmarked one, between centres, in linear time: first down and up the columns, then along each
/// row over the lower envelope of the parabolas that the columns give (Felzenszwalb and Huttenlocher). What is beyond the field marks no edge.
/// </summary>
internal sealed class DistanceField
{
    private readonly int _width;
    private readonly int _most;
    private readonly ushort[] _distances;

    /// <param name="width">Of a row of marks.</param>
    /// <param name="marks">One byte a pixel, 0 where unmarked.</param>
    /// <param name="most">Distances from here on count as this.</param>
    internal DistanceField(int width, byte[] marks, int most)
    {
        _width = width;
        _most = most;
        PerPixel = Math.Clamp(ushort.MaxValue / (most + 1), 1, 64);
        _distances = new ushort[marks.Length];
        AlongColumns(marks);
        var envelope = new Envelope(width);
        for (var start = 0; start < marks.Length; start += width)
        {
            AlongRow(_distances.AsSpan(start, width), envelope);
        }
    }

    /// <summary>Distances are whole numbers of this fraction of a pixel.</summary>
    internal int PerPixel { get; }

    internal ReadOnlySpan<ushort> Row(int y) => _distances.AsSpan(y * _width, _width);

    private void AlongColumns(byte[] marks)
    {
        for (var i = 0; i < marks.Length; i++)
        {
            var above = i < _width ? _most : _distances[i - _width];
            _distances[i] = marks[i] == 0 ? (ushort)0 : (ushort)Math.Min(above + 1, _most);
        }

        for (var i = marks.Length - _width - 1; i >= 0; i--)
        {
            _distances[i] = (ushort)Math.Min(_distances[i], _distances[i + _width] + 1);
        }
    }

    private void AlongRow(Span<ushort> row, Envelope envelope)
    {
        envelope.Clear();
        for (var x = 0; x < row.Length; x++)
        {
            if (row[x] < _most)
            {
                envelope.Add(x, row[x]);
            }
        }

        var far = (ushort)(_most * PerPixel);
        if (envelope.IsEmpty)
        {
            row.Fill(far);
            return;
        }

        for (var x = 0; x < row.Length; x++)
        {
            var squared = envelope.At(x);
            row[x] = squared == 0 ? (ushort)0 : squared >= (long)_most * _most ? far : (ushort)(Math.Sqrt(squared) * PerPixel);
        }
    }

    /// <summary>Parabolas over a row, of which the lowest at each place counts.</summary>
    private sealed class Envelope(int width)
    {
        private readonly int[] _middles = new int[width];
        private readonly long[] _heights = new long[width];
        private readonly double[] _from = new double[width];
        private int _count;
        private int _current;

        internal bool IsEmpty => _count == 0;

        internal void Clear() => (_count, _current) = (0, 0);

        /// <summary>Middles come from left to right.</summary>
        internal void Add(int middle, int distance)
        {
            var height = (long)distance * distance;
            var from = double.NegativeInfinity;
            while (_count > 0 && (from = Meeting(_count - 1, middle, height)) <= _from[_count - 1])
            {
                _count--;
            }

            _middles[_count] = middle;
            _heights[_count] = height;
            _from[_count] = _count == 0 ? double.NegativeInfinity : from;
            _count++;
        }

        /// <summary>The squared distance; places come from left to right.</summary>
        internal long At(int x)
        {
            while (_current + 1 < _count && _from[_current + 1] < x)
            {
                _current++;
            }

            var across = (long)(x - _middles[_current]);
            return (across * across) + _heights[_current];
        }

        private double Meeting(int other, int middle, long height) =>
            (height + ((long)middle * middle) - _heights[other] - ((long)_middles[other] * _middles[other])) / (2.0 * (middle - _middles[other]));
    }
}
