namespace GptImage2.Generation.Errors;

/// <summary>Finds the name that was meant by one that is almost right.</summary>
public static class EditDistance
{
    /// <summary>Longer than any name; the rest would only cost time.</summary>
    private const int MaxLength = 100;

    /// <summary>The candidate that takes the fewest single-letter changes, whatever the case.</summary>
    /// <param name="candidates">One at least.</param>
    public static string FindNearest(string written, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(written);
        var upper = (written.Length > MaxLength ? written[..MaxLength] : written).ToUpperInvariant();
        return candidates.MinBy(candidate => Compute(upper, candidate.ToUpperInvariant()))!;
    }

    /// <summary>The same, or null when nothing is so near that it may have been meant.</summary>
    public static string? FindNear(string written, IReadOnlyList<string> candidates) =>
        candidates.Where(candidate => written.Length > 1 && candidate.StartsWith(written, StringComparison.OrdinalIgnoreCase)).ToArray() is [var only]
            ? only
            : candidates is not [] && FindNearest(written, candidates) is var nearest
                && Compute(nearest.ToUpperInvariant(), written.Length > MaxLength ? "" : written.ToUpperInvariant()) <= Math.Max(1, written.Length / 3)
                ? nearest
                : null;

    /// <summary>
    /// How many letters must be added, removed or replaced, or neighbours swapped, to turn one text into the other (optimal string alignment:
    /// Damerau, "A technique for computer detection and correction of spelling errors", 1964).
    /// </summary>
    public static int Compute(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var (before, above, row) = (new int[b.Length + 1], new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray());
        for (var i = 1; i <= a.Length; i++)
        {
            (before, above, row) = (above, row, before);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }
        }

        return row[^1];
    }
}
