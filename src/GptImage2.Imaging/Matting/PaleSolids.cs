namespace GptImage2.Imaging.Matting;

/// <summary>
/// Gives back what was taken for a shadow but is a pale solid thing, its edge too faint to stop the search. A shadow fades into the
/// backdrop along most of its rim; a thing is, a few pixels inside, clearly different already.
/// </summary>
internal sealed class PaleSolids(Matte matte)
{
    /// <summary>Pixels between the backdrop and where its neighbour is judged.</summary>
    private const int Inside = 3;

    /// <summary>Of a shadow that has just begun, in levels of the channel that differs most.</summary>
    private const float MostBegun = 10;

    /// <summary>Share of the rim.</summary>
    private const double MostAbrupt = 0.5;
    private readonly int _width = matte.Pixels.Width;
    private readonly PixelKind[] _kinds = matte.Kinds;

    internal void Restore()
    {
        var areas = new ConnectedAreas(_kinds, _width);
        foreach (var area in areas.Of(PixelKind.Veil, enclosed: false))
        {
            var places = areas.Places(area);
            if (IsAbrupt(places))
            {
                foreach (var place in places)
                {
                    _kinds[place] = PixelKind.Subject;
                }
            }
        }
    }

    private bool IsAbrupt(ReadOnlySpan<int> places)
    {
        var (rim, abrupt) = (0, 0);
        Span<float> behind = stackalloc float[3];
        foreach (var place in places)
        {
            if (IsRim(place))
            {
                matte.Backdrop.Surface.At(place % _width, place / _width, behind);
                rim++;
                abrupt += Difference(matte.Pixels.Rgba.AsSpan(place * 4, 3), behind) > MostBegun + (2 * matte.Tolerances.Noise) ? 1 : 0;
            }
        }

        return abrupt > MostAbrupt * rim;
    }

    private bool IsRim(int place)
    {
        var (x, y) = (place % _width, place / _width);
        return (x >= Inside && _kinds[place - Inside] == PixelKind.Backdrop)
            || (x < _width - Inside && _kinds[place + Inside] == PixelKind.Backdrop)
            || (y >= Inside && _kinds[place - (Inside * _width)] == PixelKind.Backdrop)
            || (y < matte.Pixels.Height - Inside && _kinds[place + (Inside * _width)] == PixelKind.Backdrop);
    }

    private static float Difference(ReadOnlySpan<byte> pixel, ReadOnlySpan<float> behind) =>
        Math.Max(Math.Abs(pixel[0] - behind[0]), Math.Max(Math.Abs(pixel[1] - behind[1]), Math.Abs(pixel[2] - behind[2])));
}
