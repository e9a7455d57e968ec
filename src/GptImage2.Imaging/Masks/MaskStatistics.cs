namespace GptImage2.Imaging.Masks;

/// <summary>Counts what distinguishes a mask from other images, and one kind of mask from another.</summary>
internal sealed class MaskStatistics(Dimensions size)
{
    private const int DarkThreshold = 48;

    private const int LightThreshold = 255 - DarkThreshold;

    /// <summary>Share of pixels that may be neither nearly black nor nearly white: soft edges.</summary>
    private const double MaxMidtoneShare = 0.03;

    /// <summary>Upper bound of that share for small masks, in which edges take a larger part.</summary>
    private const double MaxMidtoneShareOfSmall = 0.25;

    /// <summary>Largest spread of a channel that lossy encoding causes within one paint colour.</summary>
    private const int MaxPaintVariation = 40;

    /// <summary>Alpha from which a pixel is paint and no longer its soft edge.</summary>
    private const byte PaintAlphaThreshold = 192;

    /// <summary>Levels from black or white that plain ground of a soft mask keeps to.</summary>
    private const int EndDistance = 16;

    /// <summary>Share of such pixels that a soft mask has at least; a photograph in black and white has fewer.</summary>
    private const double MinEndShare = 0.6;

    /// <summary>Share of the image that is certainly kept, and certainly changed.</summary>
    private const double MinShareOfEachEnd = 0.001;

    /// <summary>Difference of the channels that lossy encoding causes in grey.</summary>
    private const int MaxGreyChroma = 24;

    private const double MaxColouredShare = 0.005;

    private readonly EdgeProfile _alphaEdges = new(size.Width);
    private readonly EdgeProfile _greyEdges = new(size.Width);
    private readonly byte[] _levels = new byte[size.Width];
    private long _blackCount;
    private long _whiteCount;
    private long _colouredCount;
    private Colour _minColour = Colour.White;
    private Colour _maxColour = Colour.Black;
    private long _transparent;
    private long _extremeCount;
    private long _borderCount;
    private long _borderTransparent;
    private long _borderWhite;

    internal Dimensions Size => size;

    internal bool HasMixedAlpha => _transparent > 0 && _transparent < size.PixelCount;

    internal bool IsFullyTransparent => _transparent == size.PixelCount;

    internal bool IsBlackAndWhite => 1 - ExtremeShare <= Math.Max(MaxMidtoneShare, Math.Min(MaxMidtoneShareOfSmall, 4.0 * (size.Width + size.Height) / size.PixelCount));

    /// <summary>Black and white with much grey in between: a blurred mask or a segmenter's matte, and no photograph.</summary>
    internal bool IsSoftGrey => _colouredCount <= MaxColouredShare * size.PixelCount && _blackCount + _whiteCount >= MinEndShare * size.PixelCount
        && _blackCount >= MinShareOfEachEnd * size.PixelCount && _whiteCount >= MinShareOfEachEnd * size.PixelCount;

    /// <summary>Whether the levels between the ends are meant, and not only an edge that was smoothed.</summary>
    internal bool IsSoft(MaskKind kind) => (kind is MaskKind.Alpha ? _alphaEdges : _greyEdges).IsSoft;

    /// <summary>Share of pixels that are nearly black or nearly white.</summary>
    internal double ExtremeShare => (double)_extremeCount / size.PixelCount;

    /// <summary>Share of the outermost pixels that are nearly white.</summary>
    internal double WhiteBorderShare => (double)_borderWhite / _borderCount;

    /// <summary>One colour on a transparent background: either strokes over what should change, or a single-coloured cut-out of what should stay.</summary>
    internal bool LooksPaintedOnTransparent => _borderTransparent > 0.5 * _borderCount
        && _maxColour.Red - _minColour.Red <= MaxPaintVariation && _maxColour.Green - _minColour.Green <= MaxPaintVariation && _maxColour.Blue - _minColour.Blue <= MaxPaintVariation;

    /// <summary>Adds rows of four bytes a pixel.</summary>
    internal void Add(PixelArea band, ReadOnlySpan<byte> rgba)
    {
        for (var y = 0; y < band.Size.Height; y++)
        {
            var row = rgba.Slice(y * size.Width * 4, size.Width * 4);
            var outermost = band.Top + y == 0 || band.Top + y == size.Height - 1;
            AddEdges(row);
            for (var x = 0; x < row.Length; x += 4)
            {
                Add(row[x], row[x + 1], row[x + 2], row[x + 3], outermost || x == 0 || x == row.Length - 4);
            }
        }
    }

    private void AddEdges(ReadOnlySpan<byte> rgba)
    {
        for (var x = 0; x < _levels.Length; x++)
        {
            _levels[x] = (byte)((rgba[x * 4] + rgba[(x * 4) + 1] + rgba[(x * 4) + 2]) / 3);
        }

        _greyEdges.AddRow(_levels);
        for (var x = 0; x < _levels.Length; x++)
        {
            _levels[x] = rgba[(x * 4) + 3];
        }

        _alphaEdges.AddRow(_levels);
    }

    private void Add(byte red, byte green, byte blue, byte alpha, bool isBorder)
    {
        var (min, max) = (Math.Min(red, Math.Min(green, blue)), Math.Max(red, Math.Max(green, blue)));
        _transparent += alpha < 128 ? 1 : 0;
        _extremeCount += min >= LightThreshold || max <= DarkThreshold ? 1 : 0;
        _blackCount += max <= EndDistance ? 1 : 0;
        _whiteCount += min >= 255 - EndDistance ? 1 : 0;
        _colouredCount += max - min > MaxGreyChroma ? 1 : 0;
        if (isBorder)
        {
            _borderCount++;
            _borderTransparent += alpha < 128 ? 1 : 0;
            _borderWhite += min >= LightThreshold ? 1 : 0;
        }

        if (alpha >= PaintAlphaThreshold)
        {
            _minColour = new Colour(Math.Min(_minColour.Red, red), Math.Min(_minColour.Green, green), Math.Min(_minColour.Blue, blue));
            _maxColour = new Colour(Math.Max(_maxColour.Red, red), Math.Max(_maxColour.Green, green), Math.Max(_maxColour.Blue, blue));
        }
    }
}
