namespace GptImage2.Backends.Sketch;

/// <summary>How far each cell of a shape lies from the nearest cell outside, by steps of chess king and knight: 2 % off at most.</summary>
internal static class SketchDepths
{
    private const int Unit = 5;
    private const int Far = 1 << 24;

    /// <summary>The neighbours above and to the left, and what a step there costs; those below mirror them.</summary>
    private static readonly (int Across, int Down, int Cost)[] Steps =
        [(-1, 0, 5), (0, -1, 5), (-1, -1, 7), (1, -1, 7), (-1, -2, 11), (1, -2, 11), (-2, -1, 11), (2, -1, 11)];

    /// <returns>In cells; 0 outside. What lies beyond the grid's edge is not outside.</returns>
    public static float[] Of(bool[] inside, int columns)
    {
        // A margin of two on each side saves every step from asking whether it leaves the grid.
        var (pitch, rows) = (columns + 4, inside.Length / columns);
        var costs = new int[pitch * (rows + 4)];
        costs.AsSpan().Fill(Far);
        for (var cell = 0; cell < inside.Length; cell++)
        {
            costs[At(cell)] = inside[cell] ? Far : 0;
        }

        for (var cell = 0; cell < inside.Length; cell++)
        {
            Relax(costs, At(cell), pitch, 1);
        }

        for (var cell = inside.Length - 1; cell >= 0; cell--)
        {
            Relax(costs, At(cell), pitch, -1);
        }

        return [.. Enumerable.Range(0, inside.Length).Select(cell => Math.Min(costs[At(cell)], Far) / (float)Unit)];

        int At(int cell) => ((cell / columns) + 2) * pitch + (cell % columns) + 2;
    }

    private static void Relax(int[] costs, int at, int pitch, int direction)
    {
        var least = costs[at];
        foreach (var (across, down, cost) in Steps)
        {
            least = Math.Min(least, costs[at + (direction * ((down * pitch) + across))] + cost);
        }

        costs[at] = least;
    }
}
