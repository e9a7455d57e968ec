using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Verification;

/// <summary>
/// The things of a cut-out. Pixels are counted in square cells; cells that touch are one thing, so that what is near a thing, such as the tip of a
/// hair, a dot of a letter or a drop of a splash, belongs to it.
/// </summary>
internal sealed class ThingMap
{
    /// <summary>Cells along the shorter edge: how far a thing is from everything else.</summary>
    private const int CellCount = 96;
    private const int MinCell = 4;

    /// <summary>Alpha that is seen.</summary>
    private const byte Visible = 16;

    private readonly AlphaPlane _plane;
    private readonly int _cell;
    private readonly int _columns;
    private readonly ushort[] _counts;
    private readonly Thing?[] _things;

    internal ThingMap(AlphaPlane plane)
    {
        _plane = plane;
        _cell = Math.Max(MinCell, Math.Min(plane.Size.Width, plane.Size.Height) / CellCount);
        _columns = (plane.Size.Width + _cell - 1) / _cell;
        _counts = new ushort[_columns * ((plane.Size.Height + _cell - 1) / _cell)];
        for (var y = 0; y < plane.Size.Height; y++)
        {
            CountRow(plane.Alpha.AsSpan(y * plane.Size.Width, plane.Size.Width), _counts.AsSpan(y / _cell * _columns, _columns));
        }

        _things = new Thing?[_counts.Length];
        Things = FindThings();
    }

    internal IReadOnlyCollection<Thing> Things { get; }

    internal AlphaPlane Plane => _plane;

    /// <summary>The thing that a pixel belongs to; null where nothing is seen around it.</summary>
    internal Thing? At(int x, int y) => _things[(y / _cell * _columns) + (x / _cell)];

    /// <summary>The visible pixels of a thing, within one rectangle.</summary>
    internal PixelArea BoxOf(Thing thing)
    {
        var (left, top, right, bottom) = (int.MaxValue, int.MaxValue, 0, 0);
        var cells = thing.Cells;
        for (var y = cells.Top * _cell; y < Math.Min(cells.Bottom * _cell, _plane.Size.Height); y++)
        {
            for (var x = cells.Left * _cell; x < Math.Min(cells.Right * _cell, _plane.Size.Width); x++)
            {
                if (_plane.Alpha[(y * _plane.Size.Width) + x] >= Visible && At(x, y) == thing)
                {
                    (left, top, right, bottom) = (Math.Min(left, x), Math.Min(top, y), Math.Max(right, x + 1), Math.Max(bottom, y + 1));
                }
            }
        }

        return PixelArea.FromEdges(left, top, right, bottom);
    }

    private void CountRow(ReadOnlySpan<byte> row, Span<ushort> cells)
    {
        for (var x = 0; x < row.Length; x++)
        {
            cells[x / _cell] += (ushort)(row[x] >= Visible ? 1 : 0);
        }
    }

    private Dictionary<int, Thing>.ValueCollection FindThings()
    {
        var components = new RunLengthComponents();
        for (var start = 0; start < _counts.Length; start += _columns)
        {
            components.AddRow(_counts.AsSpan(start, _columns));
        }

        var things = new Dictionary<int, Thing>();
        foreach (var run in components.GetRuns())
        {
            var cells = PixelArea.FromEdges(run.Start, run.Row, run.End, run.Row + 1);
            var thing = things.GetValueOrDefault(run.Component) ?? (things[run.Component] = new Thing(cells));
            thing.Add(cells, _counts.AsSpan((run.Row * _columns) + run.Start, run.End - run.Start));
            _things.AsSpan((run.Row * _columns) + run.Start, run.End - run.Start).Fill(thing);
        }

        return things.Values;
    }
}

/// <summary>Cells that touch each other.</summary>
internal sealed class Thing(PixelArea cells)
{
    internal PixelArea Cells { get; private set; } = cells;

    /// <summary>How many of its pixels are seen.</summary>
    internal int Pixels { get; private set; }

    internal void Add(PixelArea cells, ReadOnlySpan<ushort> counts)
    {
        Cells = PixelArea.BoundingBox([Cells, cells]);
        foreach (var count in counts)
        {
            Pixels += count;
        }
    }
}
