using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>Last stage: alpha bleeding. Transparent pixels take the colour of the nearest visible one, so that scaling with straight alpha shows no fringe.</summary>
internal sealed class AlphaBleeding(MattingContext context)
{
    /// <summary>In pixels; usual scaling reaches no further, and one constant colour compresses best.</summary>
    private const int MaxDistance = 12;

    /// <summary>Fainter pixels have the least reliable colour.</summary>
    private const byte MinAlpha = 24;
    private readonly int _width = context.Pixels.Width;
    private readonly byte[] _result = context.Result;
    private readonly bool[] _known = new bool[context.Pixels.PixelCount];

    internal void BleedColours()
    {
        for (var index = 0; index < _known.Length; index++)
        {
            var alpha = _result[(index * 4) + 3];
            _known[index] = alpha >= MinAlpha;
            if (alpha == 0)
            {
                _result.AsSpan(index * 4, 3).Clear();
            }
        }

        var frontier = FindFrontier();
        for (var distance = 0; distance < MaxDistance; distance++)
        {
            var next = new List<int>();
            frontier.ForEach(index => PropagateFrom(index, next));
            frontier = next;
        }
    }

    private List<int> FindFrontier()
    {
        var frontier = new List<int>();
        for (var index = 0; index < _known.Length; index++)
        {
            if (_known[index] && (!IsKnown(index - 1) || !IsKnown(index + 1) || !IsKnown(index - _width) || !IsKnown(index + _width)))
            {
                frontier.Add(index);
            }
        }

        return frontier;
    }

    private bool IsKnown(int index) => (uint)index >= (uint)_known.Length || _known[index];

    private void PropagateFrom(int index, List<int> reached)
    {
        var x = index % _width;
        CopyColour(index, index - _width, reached);
        CopyColour(index, index + _width, reached);
        if (x > 0)
        {
            CopyColour(index, index - 1, reached);
        }

        if (x < _width - 1)
        {
            CopyColour(index, index + 1, reached);
        }
    }

    private void CopyColour(int from, int to, List<int> reached)
    {
        if ((uint)to < (uint)_known.Length && !_known[to])
        {
            _known[to] = true;
            reached.Add(to);
            if (_result[(to * 4) + 3] == 0)
            {
                _result.AsSpan(from * 4, 3).CopyTo(_result.AsSpan(to * 4, 3));
            }
        }
    }
}
