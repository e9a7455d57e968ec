using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>
/// The most saturated offsets of structures too thin to be solid anywhere, such as hair, tile by tile. Thin strands of one colour are mixtures on
/// one line that starts at the background; the one furthest along that line nearby shows the strand's own colour best.
/// </summary>
internal sealed class FineStructurePalette
{
    private const int EntriesPerTile = 6;
    private const float MinDirectionCosine = 0.97f;
    private readonly int _tile;
    private readonly int _columns;
    private readonly int _rows;

    /// <summary>By tile, then by entry: the offset from the background (three values) and its length.</summary>
    private readonly float[] _entries;

    internal FineStructurePalette(RgbaBuffer pixels)
    {
        _tile = Math.Max(16, pixels.ShorterEdge / 24);
        _columns = ((pixels.Width - 1) / _tile) + 1;
        _rows = ((pixels.Height - 1) / _tile) + 1;
        _entries = new float[_columns * _rows * EntriesPerTile * 4];
    }

    /// <summary>Adds a strand's offset from the background, unless a longer one of the same direction is known.</summary>
    internal void AddOffset(int x, int y, ReadOnlySpan<float> offset, float length)
    {
        var tile = GetTile(x / _tile, y / _tile);
        var weakest = 0;
        for (var slot = 0; slot < EntriesPerTile; slot++)
        {
            var entry = tile.Slice(slot * 4, 4);
            if (entry[3] > 0 && ProjectOnto(entry, offset) >= MinDirectionCosine * length)
            {
                StoreIfStronger(entry, offset, length);
                return;
            }

            weakest = entry[3] < tile[(weakest * 4) + 3] ? slot : weakest;
        }

        StoreIfStronger(tile.Slice(weakest * 4, 4), offset, length);
    }

    /// <summary>Finds the longest offset in the neighbouring tiles with this direction; false when none is longer than <paramref name="length"/>.</summary>
    internal bool FindStronger(int x, int y, ReadOnlySpan<float> offset, float length, float tolerance, Span<float> strongest)
    {
        var longest = length;
        for (var row = Math.Max(0, (y / _tile) - 1); row <= Math.Min(_rows - 1, (y / _tile) + 1); row++)
        {
            for (var column = Math.Max(0, (x / _tile) - 1); column <= Math.Min(_columns - 1, (x / _tile) + 1); column++)
            {
                var tile = GetTile(column, row);
                for (var slot = 0; slot < EntriesPerTile; slot++)
                {
                    var entry = tile.Slice(slot * 4, 4);
                    if (entry[3] > longest && ColourVector.DistanceToLine(offset, entry, entry[3]) <= tolerance)
                    {
                        longest = entry[3];
                        (strongest[0], strongest[1], strongest[2]) = (entry[0], entry[1], entry[2]);
                    }
                }
            }
        }

        return longest > length;
    }

    private static void StoreIfStronger(Span<float> entry, ReadOnlySpan<float> offset, float length)
    {
        if (length > entry[3])
        {
            (entry[0], entry[1], entry[2], entry[3]) = (offset[0], offset[1], offset[2], length);
        }
    }

    private static float ProjectOnto(ReadOnlySpan<float> entry, ReadOnlySpan<float> offset) =>
        ((entry[0] * offset[0]) + (entry[1] * offset[1]) + (entry[2] * offset[2])) / entry[3];

    private Span<float> GetTile(int column, int row) => _entries.AsSpan(((row * _columns) + column) * EntriesPerTile * 4, EntriesPerTile * 4);
}
