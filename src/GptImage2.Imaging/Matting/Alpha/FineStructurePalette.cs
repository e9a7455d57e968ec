using System.Numerics;
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

    /// <summary>By tile, then by entry: the offset from the background and its length, 0 for none.</summary>
    private readonly (Vector3 Offset, float Length)[] _entries;

    internal FineStructurePalette(RgbaBuffer pixels)
    {
        _tile = Math.Max(16, pixels.ShorterEdge / 24);
        _columns = ((pixels.Width - 1) / _tile) + 1;
        _rows = ((pixels.Height - 1) / _tile) + 1;
        _entries = new (Vector3, float)[_columns * _rows * EntriesPerTile];
    }

    /// <summary>Adds a strand's offset from the background, unless a longer one of the same direction is known.</summary>
    internal void AddOffset(int x, int y, Vector3 offset)
    {
        var length = offset.Length();
        var tile = GetTile(x / _tile, y / _tile);
        var weakest = 0;
        for (var slot = 0; slot < tile.Length; slot++)
        {
            if (tile[slot].Length > 0 && Vector3.Dot(tile[slot].Offset, offset) / tile[slot].Length >= MinDirectionCosine * length)
            {
                weakest = slot;
                break;
            }

            weakest = tile[slot].Length < tile[weakest].Length ? slot : weakest;
        }

        if (length > tile[weakest].Length)
        {
            tile[weakest] = (offset, length);
        }
    }

    /// <summary>The longest offset in the neighbouring tiles with this direction; null when none is longer than <paramref name="length"/>.</summary>
    internal Vector3? FindStronger(int x, int y, Vector3 offset, float length, float tolerance)
    {
        var strongest = (Offset: (Vector3?)null, Length: length);
        for (var row = Math.Max(0, (y / _tile) - 1); row <= Math.Min(_rows - 1, (y / _tile) + 1); row++)
        {
            for (var column = Math.Max(0, (x / _tile) - 1); column <= Math.Min(_columns - 1, (x / _tile) + 1); column++)
            {
                foreach (var entry in GetTile(column, row))
                {
                    if (entry.Length > strongest.Length && offset.DistanceToLine(entry.Offset, entry.Length) <= tolerance)
                    {
                        strongest = entry;
                    }
                }
            }
        }

        return strongest.Offset;
    }

    private Span<(Vector3 Offset, float Length)> GetTile(int column, int row) => _entries.AsSpan(((row * _columns) + column) * EntriesPerTile, EntriesPerTile);
}
