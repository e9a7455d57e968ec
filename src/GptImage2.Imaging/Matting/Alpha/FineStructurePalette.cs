using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>
/// The fullest colours of things too thin to be solid anywhere, by part of the picture. Thin strands of one kind lie on one line of
/// colours that starts at the backdrop; the one furthest along that line nearby shows the strand's own colour best.
/// </summary>
internal sealed class FineStructurePalette
{
    private const int EntriesPerTile = 6;
    private const float MinDirectionCosine = 0.97f;
    private readonly int _tile;
    private readonly int _columns;
    private readonly int _rows;

    /// <summary>By tile, then by kind: colour, way from the backdrop (three values), its length.</summary>
    private readonly float[] _entries;

    internal FineStructurePalette(RgbaBuffer pixels)
    {
        _tile = Math.Max(16, pixels.ShorterEdge / 24);
        _columns = ((pixels.Width - 1) / _tile) + 1;
        _rows = ((pixels.Height - 1) / _tile) + 1;
        _entries = new float[_columns * _rows * EntriesPerTile * 4];
    }

    /// <summary>Remembers a strand's way from the backdrop, unless a fuller one of its kind is known.</summary>
    internal void AddOffset(int x, int y, ReadOnlySpan<float> way, float length)
    {
        var tile = GetTile(x / _tile, y / _tile);
        var least = 0;
        for (var kind = 0; kind < EntriesPerTile; kind++)
        {
            var entry = tile.Slice(kind * 4, 4);
            if (entry[3] > 0 && ProjectOnto(entry, way) >= MinDirectionCosine * length)
            {
                StoreIfStronger(entry, way, length);
                return;
            }

            least = entry[3] < tile[(least * 4) + 3] ? kind : least;
        }

        StoreIfStronger(tile.Slice(least * 4, 4), way, length);
    }

    /// <summary>The fullest way nearby that is of this kind and longer; false where this one is the fullest.</summary>
    internal bool FindStronger(int x, int y, ReadOnlySpan<float> way, float length, float astray, Span<float> fuller)
    {
        var found = length;
        for (var down = Math.Max(0, (y / _tile) - 1); down <= Math.Min(_rows - 1, (y / _tile) + 1); down++)
        {
            for (var across = Math.Max(0, (x / _tile) - 1); across <= Math.Min(_columns - 1, (x / _tile) + 1); across++)
            {
                var tile = GetTile(across, down);
                for (var kind = 0; kind < EntriesPerTile; kind++)
                {
                    var entry = tile.Slice(kind * 4, 4);
                    if (entry[3] > found && ColourVector.DistanceToLine(way, entry, entry[3]) <= astray)
                    {
                        found = entry[3];
                        (fuller[0], fuller[1], fuller[2]) = (entry[0], entry[1], entry[2]);
                    }
                }
            }
        }

        return found > length;
    }

    private static void StoreIfStronger(Span<float> entry, ReadOnlySpan<float> way, float length)
    {
        if (length > entry[3])
        {
            (entry[0], entry[1], entry[2], entry[3]) = (way[0], way[1], way[2], length);
        }
    }

    private static float ProjectOnto(ReadOnlySpan<float> entry, ReadOnlySpan<float> way) =>
        ((entry[0] * way[0]) + (entry[1] * way[1]) + (entry[2] * way[2])) / entry[3];

    private Span<float> GetTile(int across, int down) => _entries.AsSpan(((down * _columns) + across) * EntriesPerTile * 4, EntriesPerTile * 4);
}
