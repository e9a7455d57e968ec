namespace GptImage2.Imaging.Algorithms;

/// <summary>4-connected components of one label, by flood fill. A component is a list of pixel indices.</summary>
internal sealed class ConnectedComponents(TrimapLabel[] labels, int width)
{
    private readonly bool[] _visited = new bool[labels.Length];
    private readonly int[] _pixels = new int[labels.Length];
    private int _length;

    /// <summary>All components of a label; with <paramref name="enclosed"/> only those that do not touch the border of the image.</summary>
    internal List<ArraySegment<int>> Find(TrimapLabel label, bool enclosed)
    {
        if (enclosed)
        {
            VisitBorderComponents(label);
        }

        var components = new List<ArraySegment<int>>();
        for (var index = 0; index < labels.Length; index++)
        {
            var start = _length;
            FloodFill(index, label);
            if (_length > start)
            {
                components.Add(new ArraySegment<int>(_pixels, start, _length - start));
            }
        }

        return components;
    }

    private void VisitBorderComponents(TrimapLabel label)
    {
        for (var x = 0; x < width; x++)
        {
            FloodFill(x, label);
            FloodFill(labels.Length - 1 - x, label);
        }

        for (var start = 0; start < labels.Length; start += width)
        {
            FloodFill(start, label);
            FloodFill(start + width - 1, label);
        }
    }

    private void FloodFill(int index, TrimapLabel label)
    {
        var next = _length;
        Visit(index, label);
        for (; next < _length; next++)
        {
            var current = _pixels[next];
            var x = current % width;
            if (x > 0)
            {
                Visit(current - 1, label);
            }

            if (x < width - 1)
            {
                Visit(current + 1, label);
            }

            if (current >= width)
            {
                Visit(current - width, label);
            }

            if (current < labels.Length - width)
            {
                Visit(current + width, label);
            }
        }
    }

    private void Visit(int index, TrimapLabel label)
    {
        if (!_visited[index] && labels[index] == label)
        {
            _visited[index] = true;
            _pixels[_length++] = index;
        }
    }
}
