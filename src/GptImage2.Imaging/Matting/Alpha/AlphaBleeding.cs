using GptImage2.Imaging.Matting.Background;

namespace GptImage2.Imaging.Matting.Alpha;

/// <summary>Last step: transparent pixels get the colour of the nearest that are not, so that scaling without care shows no fringe.</summary>
internal sealed class AlphaBleeding(MattingContext matte)
{
    /// <summary>In pixels; further away no scaling reaches, and one colour packs best.</summary>
    private const int MaxDistance = 12;

    /// <summary>Fainter pixels know their own colour least.</summary>
    private const byte MinAlpha = 24;
    private readonly int _width = matte.Pixels.Width;
    private readonly byte[] _result = matte.Result;
    private readonly bool[] _known = new bool[matte.Pixels.PixelCount];

    internal void BleedColours()
    {
        for (var place = 0; place < _known.Length; place++)
        {
            var alpha = _result[(place * 4) + 3];
            _known[place] = alpha >= MinAlpha;
            if (alpha == 0)
            {
                _result.AsSpan(place * 4, 3).Clear();
            }
        }

        var rim = FindFrontier();
        for (var step = 0; step < MaxDistance; step++)
        {
            var outer = new List<int>();
            rim.ForEach(place => PropagateFrom(place, outer));
            rim = outer;
        }
    }

    /// <summary>Known pixels beside unknown ones.</summary>
    private List<int> FindFrontier()
    {
        var rim = new List<int>();
        for (var place = 0; place < _known.Length; place++)
        {
            if (_known[place] && (!IsKnown(place - 1) || !IsKnown(place + 1) || !IsKnown(place - _width) || !IsKnown(place + _width)))
            {
                rim.Add(place);
            }
        }

        return rim;
    }

    private bool IsKnown(int place) => (uint)place >= (uint)_known.Length || _known[place];

    private void PropagateFrom(int place, List<int> reached)
    {
        var x = place % _width;
        CopyColour(place, place - _width, reached);
        CopyColour(place, place + _width, reached);
        if (x > 0)
        {
            CopyColour(place, place - 1, reached);
        }

        if (x < _width - 1)
        {
            CopyColour(place, place + 1, reached);
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
