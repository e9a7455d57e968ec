namespace GptImage2.Imaging.Masks;

/// <summary>Counts what tells a mask from a picture, and one kind of mask from another.</summary>
internal sealed class MaskCensus(Dimensions size)
{
    private const int Dark = 48;

    private const int Light = 255 - Dark;

    /// <summary>Share of pixels that may be neither nearly black nor nearly white: soft edges.</summary>
    private const double Soft = 0.03;

    /// <summary>Of a small mask the edges are a larger share, up to this.</summary>
    private const double SoftOfSmall = 0.25;

    /// <summary>Channels of one and the same paint, after lossy saving, differ by no more.</summary>
    private const int OneColour = 40;

    /// <summary>From here on a pixel is paint and no longer a soft edge of it.</summary>
    private const byte Painted = 192;

    private Colour _least = Colour.White;
    private Colour _most = Colour.Black;
    private long _transparent;
    private long _extreme;
    private long _border;
    private long _borderTransparent;
    private long _borderWhite;

    internal Dimensions Size => size;

    internal bool AlphaTells => _transparent > 0 && _transparent < size.Pixels;

    internal bool AllTransparent => _transparent == size.Pixels;

    internal bool IsBlackAndWhite => 1 - Extremes <= Math.Max(Soft, Math.Min(SoftOfSmall, 4.0 * (size.Width + size.Height) / size.Pixels));

    /// <summary>Share of pixels that are nearly black or nearly white.</summary>
    internal double Extremes => (double)_extreme / size.Pixels;

    /// <summary>Share of the picture's outermost pixels that are nearly white.</summary>
    internal double BorderWhite => (double)_borderWhite / _border;

    /// <summary>One colour on transparent ground: strokes painted over what should change look like this, and so does a subject cut out in one colour.</summary>
    internal bool LooksBrushed => _borderTransparent > 0.5 * _border
        && _most.Red - _least.Red <= OneColour && _most.Green - _least.Green <= OneColour && _most.Blue - _least.Blue <= OneColour;

    /// <summary>Takes the next rows, four bytes a pixel.</summary>
    internal void Add(PixelArea strip, ReadOnlySpan<byte> rgba)
    {
        for (var y = 0; y < strip.Size.Height; y++)
        {
            var row = rgba.Slice(y * size.Width * 4, size.Width * 4);
            var outermost = strip.Top + y == 0 || strip.Top + y == size.Height - 1;
            for (var x = 0; x < row.Length; x += 4)
            {
                Add(row[x], row[x + 1], row[x + 2], row[x + 3], outermost || x == 0 || x == row.Length - 4);
            }
        }
    }

    private void Add(byte red, byte green, byte blue, byte alpha, bool border)
    {
        var (least, most) = (Math.Min(red, Math.Min(green, blue)), Math.Max(red, Math.Max(green, blue)));
        _transparent += alpha < 128 ? 1 : 0;
        _extreme += least >= Light || most <= Dark ? 1 : 0;
        if (border)
        {
            _border++;
            _borderTransparent += alpha < 128 ? 1 : 0;
            _borderWhite += least >= Light ? 1 : 0;
        }

        if (alpha >= Painted)
        {
            _least = new Colour(Math.Min(_least.Red, red), Math.Min(_least.Green, green), Math.Min(_least.Blue, blue));
            _most = new Colour(Math.Max(_most.Red, red), Math.Max(_most.Green, green), Math.Max(_most.Blue, blue));
        }
    }
}
