namespace GptImage2.Imaging.Masks;

/// <summary>
/// Whether the levels between the ends of a mask mean something, or only smooth an edge: those of an edge that was antialiased, enlarged a little or
/// lossily encoded lie between both ends, close by. Those of a blur, of glass or of a strand of hair do not. Rows come from top to bottom.
/// </summary>
internal sealed class EdgeProfile(int width)
{
    /// <summary>In pixels: how near both ends are to a level that only smooths an edge.</summary>
    private const int Reach = 2;

    private const int Rows = (2 * Reach) + 1;

    /// <summary>Levels nearer to an end than this belong to it: lossy encoding makes them along hard edges.</summary>
    private const int Margin = 32;

    /// <summary>Share of the levels in between from which on they are no accident.</summary>
    private const double SoftShare = 0.25;

    /// <summary>Fewer say nothing.</summary>
    private const int MinSoftPixels = 16;

    /// <summary>So many tell enough, however large the mask is.</summary>
    private const int MaxJudgedPixels = 1_000_000;

    private readonly byte[][] _rows = [.. Enumerable.Range(0, Rows).Select(_ => new byte[width])];
    private int _count;
    private int _judged;
    private int _soft;

    internal bool IsSoft => _soft >= MinSoftPixels && _soft >= SoftShare * _judged;

    internal void AddRow(ReadOnlySpan<byte> levels)
    {
        levels.CopyTo(_rows[_count % Rows]);
        _count++;
        if (_count < Rows || _judged >= MaxJudgedPixels)
        {
            return;
        }

        var row = _rows[(_count - 1 - Reach) % Rows];
        for (var x = 0; x < row.Length; x++)
        {
            if (row[x] is >= Margin and < 255 - Margin)
            {
                _judged++;
                _soft += HasBothEndsAround(x) ? 0 : 1;
            }
        }
    }

    private bool HasBothEndsAround(int x)
    {
        var (low, high) = (false, false);
        foreach (var row in _rows)
        {
            foreach (var level in row.AsSpan(Math.Max(0, x - Reach)..Math.Min(row.Length, x + Reach + 1)))
            {
                low |= level < Margin;
                high |= level >= 255 - Margin;
            }
        }

        return low && high;
    }
}
