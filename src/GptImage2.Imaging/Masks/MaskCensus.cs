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

    private readonly byte[] _least = [255, 255, 255];
    private readonly byte[] _most = [0, 0, 0];
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
    internal bool LooksBrushed => _borderTransparent > 0.5 * _border && Enumerable.Range(0, 3).All(channel => _most[channel] - _least[channel] <= OneColour);

    /// <summary>Takes the next rows, four bytes a pixel.</summary>
    internal void Add(PixelArea strip, ReadOnlySpan<byte> rgba)
    {
        for (var i = 0; i < rgba.Length; i += 4)
        {
            var (x, y) = (i / 4 % size.Width, strip.Top + (i / 4 / size.Width));
            Add(rgba.Slice(i, 4), x == 0 || y == 0 || x == size.Width - 1 || y == size.Height - 1);
        }
    }

    private void Add(ReadOnlySpan<byte> pixel, bool border)
    {
        var (red, green, blue, alpha) = (pixel[0], pixel[1], pixel[2], pixel[3]);
        var white = Math.Min(red, Math.Min(green, blue)) >= Light;
        _transparent += alpha < 128 ? 1 : 0;
        _extreme += white || Math.Max(red, Math.Max(green, blue)) <= Dark ? 1 : 0;
        if (border)
        {
            _border++;
            _borderTransparent += alpha < 128 ? 1 : 0;
            _borderWhite += white ? 1 : 0;
        }

        if (alpha >= Painted)
        {
            for (var channel = 0; channel < 3; channel++)
            {
                _least[channel] = Math.Min(_least[channel], pixel[channel]);
                _most[channel] = Math.Max(_most[channel], pixel[channel]);
            }
        }
    }
}
