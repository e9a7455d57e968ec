namespace GptImage2.Imaging.Masks;

/// <summary>
/// The connected parts of a region, found row by row from its runs of pixels; pixels that touch at a corner are connected.
/// Each part knows how deep it is: the greatest distance of its pixels from the edge.
/// </summary>
internal sealed class Islands
{
    private readonly List<Run> _runs = [];
    private int _above;
    private int _row;
    private int _rows;

    /// <summary>Takes the next row: distances from the edge, 0 outside the region.</summary>
    internal void Add(ReadOnlySpan<ushort> distances)
    {
        (_above, _row) = (_row, _runs.Count);
        for (var x = 0; x < distances.Length;)
        {
            var start = distances[x..].IndexOfAnyExcept((ushort)0);
            if (start < 0)
            {
                break;
            }

            start += x;
            var length = distances[start..].IndexOf((ushort)0);
            x = length < 0 ? distances.Length : start + length;
            _runs.Add(new Run(_rows, start, x, _runs.Count, Greatest(distances[start..x])));
        }

        Connect();
        _rows++;
    }

    /// <summary>The runs in the order of rows, each with the depth of its island.</summary>
    internal IEnumerable<(int Row, int Start, int End, int Depth)> Runs()
    {
        for (var i = 0; i < _runs.Count; i++)
        {
            yield return (_runs[i].Row, _runs[i].Start, _runs[i].End, _runs[Root(i)].Depth);
        }
    }

    private void Connect()
    {
        for (var (above, i) = (_above, _row); above < _row && i < _runs.Count;)
        {
            if (_runs[above].Start <= _runs[i].End && _runs[i].Start <= _runs[above].End)
            {
                Unite(above, i);
            }

            // The one that ends first can touch nothing further.
            if (_runs[above].End < _runs[i].End)
            {
                above++;
            }
            else
            {
                i++;
            }
        }
    }

    private void Unite(int one, int other)
    {
        var (first, second) = (Root(one), Root(other));
        if (first != second)
        {
            _runs[first] = _runs[first] with { Depth = Math.Max(_runs[first].Depth, _runs[second].Depth) };
            _runs[second] = _runs[second] with { Parent = first };
        }
    }

    private int Root(int run)
    {
        while (_runs[run].Parent != run)
        {
            var parent = _runs[run].Parent;
            _runs[run] = _runs[run] with { Parent = _runs[parent].Parent };
            run = parent;
        }

        return run;
    }

    private static int Greatest(ReadOnlySpan<ushort> distances)
    {
        var greatest = (ushort)0;
        foreach (var distance in distances)
        {
            greatest = Math.Max(greatest, distance);
        }

        return greatest;
    }

    private readonly record struct Run(int Row, int Start, int End, int Parent, int Depth);
}
