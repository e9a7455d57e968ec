namespace GptImage2.Imaging.Algorithms;

/// <summary>Groups pixels of one kind that touch side by side. An area is a stretch of <see cref="GetPixels"/>.</summary>
internal sealed class ConnectedComponents(TrimapLabel[] kinds, int width)
{
    private readonly bool[] _visited = new bool[kinds.Length];
    private readonly int[] _pixels = new int[kinds.Length];
    private int _length;

    internal ReadOnlySpan<int> GetPixels((int Start, int Length) area) => _pixels.AsSpan(area.Start, area.Length);

    /// <summary>Every area of a kind; those that reach the border are left out if wanted.</summary>
    internal List<(int Start, int Length)> Find(TrimapLabel kind, bool enclosed)
    {
        if (enclosed)
        {
            VisitBorderComponents(kind);
        }

        var areas = new List<(int, int)>();
        for (var place = 0; place < kinds.Length; place++)
        {
            var start = _length;
            FloodFill(place, kind);
            if (_length > start)
            {
                areas.Add((start, _length - start));
            }
        }

        return areas;
    }

    private void VisitBorderComponents(TrimapLabel kind)
    {
        for (var x = 0; x < width; x++)
        {
            FloodFill(x, kind);
            FloodFill(kinds.Length - 1 - x, kind);
        }

        for (var start = 0; start < kinds.Length; start += width)
        {
            FloodFill(start, kind);
            FloodFill(start + width - 1, kind);
        }
    }

    private void FloodFill(int place, TrimapLabel kind)
    {
        var next = _length;
        Visit(place, kind);
        for (; next < _length; next++)
        {
            var current = _pixels[next];
            var x = current % width;
            if (x > 0)
            {
                Visit(current - 1, kind);
            }

            if (x < width - 1)
            {
                Visit(current + 1, kind);
            }

            if (current >= width)
            {
                Visit(current - width, kind);
            }

            if (current < kinds.Length - width)
            {
                Visit(current + width, kind);
            }
        }
    }

    private void Visit(int place, TrimapLabel kind)
    {
        if (!_visited[place] && kinds[place] == kind)
        {
            _visited[place] = true;
            _pixels[_length++] = place;
        }
    }
}
