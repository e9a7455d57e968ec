namespace GptImage2.Imaging.Matting;

/// <summary>Where the subject ends: how deep inside each pixel lies, what is behind it, and how far its colour is from that.</summary>
internal sealed class Outline
{
    private const float LeastTaint = 0.1f;
    private readonly Matte _matte;
    private readonly MixingSpace _space;
    private readonly NearestMap _outside;
    private readonly NearestMap _thick;

    internal Outline(Matte matte)
    {
        _matte = matte;
        var lossy = matte.Tolerances.Lossy;
        _space = new MixingSpace(lossy);
        (ThickSquared, RimSquared) = lossy ? (30, 25) : (6, 5);
        var band = Math.Clamp(matte.Pixels.ShortEdge / 96, lossy ? 9 : 5, 20);
        (Band, BandSquared) = (band, band * band);
        Faint = (float)Math.Max(lossy ? 20 : 6, 4 * matte.Tolerances.Noise);
        Astray = (float)((lossy ? 12 : 5) + (2 * matte.Tolerances.Noise));
        Leaning = lossy ? 0.15f : 0.02f;
        _outside = NearestMap.To(matte.Kinds, PixelKind.Backdrop | PixelKind.Veil, matte.Pixels.Width);
        _thick = NearestMap.To(Thick(), PixelKind.Subject, matte.Pixels.Width);
    }

    internal PixelGrid Pixels => _matte.Pixels;

    internal MixingSpace Space => _space;

    internal bool IsLossy => _matte.Tolerances.Lossy;

    /// <summary>From this depth on (in pixels, squared) a pixel is the subject's own colour.</summary>
    internal int ThickSquared { get; }

    /// <summary>Up to this depth (in pixels, squared) a pixel may be a mixture that no climb explains.</summary>
    internal int RimSquared { get; }

    /// <summary>Deeper than this, in pixels, everything is solid: the widest blur of an edge.</summary>
    internal int Band { get; }

    internal int BandSquared { get; }

    /// <summary>A shorter way than this, in levels, has no sure direction.</summary>
    internal float Faint { get; }

    /// <summary>How far a mixture may miss the line between its two colours, in levels.</summary>
    internal float Astray { get; }

    /// <summary>The same, as part of how far it has gone.</summary>
    internal float Leaning { get; }

    /// <summary>Distance from the nearest pixel that is backdrop or veil, squared.</summary>
    internal int Depth(int place) => _outside.SquaredDistance(place);

    /// <summary>The nearest pixel of the subject's own colour, or -1.</summary>
    internal int Solid(int place) => _thick.Place(place);

    /// <summary>Colour and alpha of the veil that a pixel is in front of; nothing in front of the bare backdrop.</summary>
    internal ReadOnlySpan<byte> Veil(int place) => Beside(place) is >= 0 and var veil ? _matte.Result.AsSpan(veil * 4, 4) : [];

    /// <summary>What the pixel would show without the subject: the backdrop, or the veil beside it.</summary>
    internal void Behind(int place, ReadOnlySpan<float> row, Span<float> behind)
    {
        if (Beside(place) is >= 0 and var veil)
        {
            var pixel = Pixels.Rgba.AsSpan(veil * 4, 3);
            (behind[0], behind[1], behind[2]) = (pixel[0], pixel[1], pixel[2]);
            return;
        }

        row.Slice(place % Pixels.Width * 3, 3).CopyTo(behind);
    }

    internal void Way(int place, ReadOnlySpan<float> from, Span<float> way)
    {
        var pixel = Pixels.Rgba.AsSpan(place * 4, 3);
        (way[0], way[1], way[2]) = (pixel[0] - from[0], pixel[1] - from[1], pixel[2] - from[2]);
        _space.Enter(way);
    }

    /// <summary>The square of pixels around a place, cut at the picture's edges.</summary>
    internal (int Left, int Top, int Right, int Bottom) Around(int place, int reach)
    {
        var (x, y) = (place % Pixels.Width, place / Pixels.Width);
        return (Math.Max(0, x - reach), Math.Max(0, y - reach), Math.Min(Pixels.Width - 1, x + reach), Math.Min(Pixels.Height - 1, y + reach));
    }

    /// <summary>
    /// Whether a pixel, however deep, has so much of a coloured backdrop's hue that some of the backdrop may show between strands there.
    /// </summary>
    internal bool IsTainted(int place, ReadOnlySpan<float> behind)
    {
        var pixel = Pixels.Rgba.AsSpan(place * 4, 3);
        return !_matte.Backdrop.IsNeutral && Spill.Part([pixel[0], pixel[1], pixel[2]], behind) > LeastTaint;
    }

    private int Beside(int place) => _outside.Place(place) is >= 0 and var nearest && _matte.Kinds[nearest] == PixelKind.Veil ? nearest : -1;

    private PixelKind[] Thick()
    {
        var thick = new PixelKind[Pixels.Count];
        for (var place = 0; place < thick.Length; place++)
        {
            thick[place] = Depth(place) > ThickSquared ? PixelKind.Subject : PixelKind.Backdrop;
        }

        return thick;
    }
}
