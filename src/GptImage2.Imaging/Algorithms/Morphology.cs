namespace GptImage2.Imaging.Algorithms;

/// <summary>Erosion and dilation by a square window. Pixels whose window reaches outside the image are left out.</summary>
internal static class Morphology
{
    /// <summary>The pixels of a set around which everything is marked.</summary>
    internal static bool[] Erode(bool[] set, bool[] marks, int width, int radius) => Filter(set, marks, width, radius, contains: false);

    /// <summary>The pixels of a set around which anything is marked.</summary>
    internal static bool[] Dilate(bool[] set, bool[] marks, int width, int radius) => Filter(set, marks, width, radius, contains: true);

    private static bool[] Filter(bool[] set, bool[] marks, int width, int radius, bool contains)
    {
        var filtered = new bool[set.Length];
        for (var y = radius; y < (set.Length / width) - radius; y++)
        {
            for (var x = radius; x < width - radius; x++)
            {
                var index = (y * width) + x;
                filtered[index] = set[index] && WindowContains(marks, index, width, radius, contains) == contains;
            }
        }

        return filtered;
    }

    private static bool WindowContains(bool[] marks, int index, int width, int radius, bool mark)
    {
        for (var row = index - (radius * width); row <= index + (radius * width); row += width)
        {
            if (marks.AsSpan(row - radius, (2 * radius) + 1).Contains(mark))
            {
                return true;
            }
        }

        return false;
    }
}
