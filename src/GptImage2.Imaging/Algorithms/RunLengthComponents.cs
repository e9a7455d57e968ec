namespace GptImage2.Imaging.Algorithms;

/// <summary>
/// The 8-connected components of a region, from its runs of pixels row by row (union-find, as Rosenfeld and Pfaltz's two-pass labelling).
/// The depth of a component is the greatest distance of its pixels from the edge.
/// </summary>
internal sealed class RunLengthComponents
{
    private readonly List<Run> _runs = [];
    private int _previousRowStart;
    private int _currentRowStart;
    private int _rowCount;

    /// <summary>Adds the next row: distances from the edge, 0 outside the region.</summary>
    internal void AddRow(ReadOnlySpan<ushort> distances)
    {
        (_previousRowStart, _currentRowStart) = (_currentRowStart, _runs.Count);
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
            _runs.Add(new Run(_rowCount, start, x, _runs.Count, Max(distances[start..x])));
        }

        ConnectToPreviousRow();
        _rowCount++;
    }

    /// <summary>The runs in row order, each with its component and the depth of that.</summary>
    internal IEnumerable<(int Row, int Start, int End, int Depth, int Component)> GetRuns()
    {
        for (var i = 0; i < _runs.Count; i++)
        {
            var component = FindRoot(i);
            yield return (_runs[i].Row, _runs[i].Start, _runs[i].End, _runs[component].Depth, component);
        }
    }

    private void ConnectToPreviousRow()
    {
        for (var (above, i) = (_previousRowStart, _currentRowStart); above < _currentRowStart && i < _runs.Count;)
        {
            if (_runs[above].Start <= _runs[i].End && _runs[i].Start <= _runs[above].End)
            {
                Union(above, i);
            }

            // The run that ends first cannot touch any later one.
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

    private void Union(int one, int other)
    {
        var (first, second) = (FindRoot(one), FindRoot(other));
        if (first != second)
        {
            _runs[first] = _runs[first] with { Depth = Math.Max(_runs[first].Depth, _runs[second].Depth) };
            _runs[second] = _runs[second] with { Parent = first };
        }
    }

    private int FindRoot(int run)
    {
        while (_runs[run].Parent != run)
        {
            var parent = _runs[run].Parent;
            _runs[run] = _runs[run] with { Parent = _runs[parent].Parent };
            run = parent;
        }

        return run;
    }

    private static int Max(ReadOnlySpan<ushort> distances)
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
