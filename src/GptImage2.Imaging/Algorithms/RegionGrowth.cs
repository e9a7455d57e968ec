namespace GptImage2.Imaging.Algorithms;

/// <summary>Grows a set of pixels breadth-first, to neighbours above, below, left and right.</summary>
internal static class RegionGrowth
{
    /// <param name="set">Grown in place.</param>
    /// <param name="maxSteps">How far, in pixels.</param>
    /// <param name="reach">Gets a pixel of the set and a neighbour outside it; returns whether the neighbour joins the set.</param>
    internal static void Grow(bool[] set, int width, int maxSteps, Func<int, int, bool> reach)
    {
        Span<int> buffer = stackalloc int[4];
        var frontier = FindRim(set, width);
        for (var step = 0; step < maxSteps && frontier.Count > 0; step++)
        {
            var reached = new List<int>();
            foreach (var index in frontier)
            {
                foreach (var neighbour in Neighbours(index, width, set.Length, buffer))
                {
                    if (!set[neighbour] && reach(index, neighbour))
                    {
                        set[neighbour] = true;
                        reached.Add(neighbour);
                    }
                }
            }

            frontier = reached;
        }
    }

    /// <summary>Far fewer pixels than the set has: those with a neighbour outside it, and at most a few more at the ends of rows.</summary>
    private static List<int> FindRim(bool[] set, int width)
    {
        var rim = new List<int>();
        for (var index = 0; index < set.Length; index++)
        {
            if (set[index] && !(IsInSet(index - 1) && IsInSet(index + 1) && IsInSet(index - width) && IsInSet(index + width)))
            {
                rim.Add(index);
            }
        }

        return rim;

        bool IsInSet(int index) => (uint)index >= (uint)set.Length || set[index];
    }

    /// <summary>Fills a part of the buffer and returns it; a neighbour outside the image is overwritten by the next.</summary>
    private static ReadOnlySpan<int> Neighbours(int index, int width, int length, Span<int> buffer)
    {
        var (x, count) = (index % width, 0);
        buffer[count] = index - width;
        count += index >= width ? 1 : 0;
        buffer[count] = index + width;
        count += index < length - width ? 1 : 0;
        buffer[count] = index - 1;
        count += x > 0 ? 1 : 0;
        buffer[count] = index + 1;
        count += x < width - 1 ? 1 : 0;
        return buffer[..count];
    }
}
