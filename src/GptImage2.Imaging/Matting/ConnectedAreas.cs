namespace GptImage2.Imaging.Matting;

/// <summary>Groups pixels of one kind that touch side by side. An area is a stretch of <see cref="Places"/>.</summary>
internal sealed class ConnectedAreas(PixelKind[] kinds, int width)
{
    private readonly bool[] _seen = new bool[kinds.Length];
    private readonly int[] _places = new int[kinds.Length];
    private int _length;

    internal ReadOnlySpan<int> Places((int Start, int Length) area) => _places.AsSpan(area.Start, area.Length);

    /// <summary>Every area of a kind; those that reach the border are left out if wanted.</summary>
    internal List<(int Start, int Length)> Of(PixelKind kind, bool enclosed)
    {
        if (enclosed)
        {
            PassBorder(kind);
        }

        var areas = new List<(int, int)>();
        for (var place = 0; place < kinds.Length; place++)
        {
            var start = _length;
            Flood(place, kind);
            if (_length > start)
            {
                areas.Add((start, _length - start));
            }
        }

        return areas;
    }

    private void PassBorder(PixelKind kind)
    {
        for (var x = 0; x < width; x++)
        {
            Flood(x, kind);
            Flood(kinds.Length - 1 - x, kind);
        }

        for (var start = 0; start < kinds.Length; start += width)
        {
            Flood(start, kind);
            Flood(start + width - 1, kind);
        }
    }

    private void Flood(int place, PixelKind kind)
    {
        var next = _length;
        Visit(place, kind);
        for (; next < _length; next++)
        {
            var current = _places[next];
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

    private void Visit(int place, PixelKind kind)
    {
        if (!_seen[place] && kinds[place] == kind)
        {
            _seen[place] = true;
            _places[_length++] = place;
        }
    }
}
