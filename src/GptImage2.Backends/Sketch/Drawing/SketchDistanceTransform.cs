namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>How far each cell of a shape lies from the nearest cell outside, by steps of chess king and knight: 2 % off at most.</summary>
internal static class SketchDistanceTransform
{
    private const int Unreached = 1 << 24;

    /// <summary>A step to the side, across the corner, and a knight's: 1, √2 and √5 times as long.</summary>
    private const int StraightStep = 5;
    private const int DiagonalStep = 7;
    private const int KnightStep = 11;

    /// <returns>In cells; 0 outside. What lies beyond the grid's edge is not outside.</returns>
    public static float[] Compute(bool[] inside, int columns)
    {
        // A margin of two on each side saves every step from asking whether it leaves the grid.
        var (pitch, rows) = (columns + 4, inside.Length / columns);
        var costs = new int[pitch * (rows + 4)];
        costs.AsSpan().Fill(Unreached);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                costs[((row + 2) * pitch) + column + 2] = inside[(row * columns) + column] ? Unreached : 0;
            }
        }

        Sweep(costs, pitch, rows);
        Array.Reverse(costs);
        Sweep(costs, pitch, rows);
        Array.Reverse(costs);

        var depths = new float[inside.Length];
        for (var cell = 0; cell < depths.Length; cell++)
        {
            depths[cell] = costs[(((cell / columns) + 2) * pitch) + (cell % columns) + 2] / (float)StraightStep;
        }

        return depths;
    }

    /// <summary>From the top left on, each cell by way of those before it; the other half of the ways is the same, turned round.</summary>
    private static void Sweep(int[] costs, int pitch, int rows)
    {
        for (var row = 2; row < rows + 2; row++)
        {
            for (var at = (row * pitch) + 2; at < ((row + 1) * pitch) - 2; at++)
            {
                if (costs[at] is 0)
                {
                    continue;
                }

                var side = Math.Min(costs[at - 1], costs[at - pitch]) + StraightStep;
                var corner = Math.Min(costs[at - pitch - 1], costs[at - pitch + 1]) + DiagonalStep;
                var knight = Math.Min(
                    Math.Min(costs[at - (2 * pitch) - 1], costs[at - (2 * pitch) + 1]),
                    Math.Min(costs[at - pitch - 2], costs[at - pitch + 2])) + KnightStep;
                costs[at] = Math.Min(Math.Min(costs[at], side), Math.Min(corner, knight));
            }
        }
    }
}
