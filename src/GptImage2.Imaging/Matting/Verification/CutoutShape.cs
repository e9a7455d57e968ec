using GptImage2.Imaging.Algorithms;

namespace GptImage2.Imaging.Matting.Verification;

/// <summary>What a cut-out looks like: how much of it is soft, dark or see-through, its outline, its colours. That decides its profile.</summary>
internal sealed class CutoutShape
{
    private const byte Visible = 20;
    private const byte Solid = 235;

    /// <summary>What is soft this deep is no edge, as a share of the shorter edge.</summary>
    private const double SoftDepth = 0.008;

    /// <summary>Of what is seen: more is glass, smoke or a glow.</summary>
    private const double MinTranslucent = 0.06;
    private const double MinSolid = 0.2;
    private const double MinShadow = 0.02;

    /// <summary>Less is a highlight.</summary>
    private const double MinSeeThrough = 0.004;

    /// <summary>Of what is seen, from where on a picture without flat parts is no icon.</summary>
    private const double MinFlat = 0.8;
    private const int FewColours = 12;
    private const double MostOfColours = 0.92;

    private readonly RgbaBuffer _pixels;
    private readonly StickerOutline _outline;
    private readonly double _seeThrough;
    private (int Left, int Top, int Right, int Bottom) _softBox = (int.MaxValue, int.MaxValue, 0, 0);

    internal CutoutShape(RgbaBuffer pixels)
    {
        _pixels = pixels;
        var (visible, solid, soft, shadow) = Count();
        _outline = new StickerOutline(pixels, Solid);
        _seeThrough = visible == 0 ? 0 : (double)soft / visible;
        Profile = solid < MinSolid * visible || soft > MinTranslucent * visible ? CutoutProfile.Translucent
            : shadow > MinShadow * visible ? CutoutProfile.Shadow
            : _outline.IsOne ? CutoutProfile.Sticker
            : IsFlat() ? CutoutProfile.Icon
            : CutoutProfile.Product;
    }

    internal CutoutProfile Profile { get; }

    /// <summary>Where an icon, or a sticker, is half transparent inside.</summary>
    internal CutoutFinding? FindSeeThrough() => Profile is CutoutProfile.Icon or CutoutProfile.Sticker && _seeThrough >= MinSeeThrough
        ? new CutoutFinding(CutoutFindingKind.SeeThrough) { Share = Math.Round(_seeThrough, 3), Area = PixelArea.FromEdges(_softBox.Left, _softBox.Top, _softBox.Right, _softBox.Bottom) }
        : null;

    internal CutoutFinding? FindOpenOutline() => Profile is CutoutProfile.Sticker && _outline.FindGap() is { } gap
        ? new CutoutFinding(CutoutFindingKind.OpenOutline) { Area = gap }
        : null;

    /// <summary>Pixels that are seen, are solid, are soft deep inside, and are the dark part of the latter.</summary>
    private (int Visible, int Solid, int Soft, int Shadow) Count()
    {
        var (visible, solid, soft, shadow) = (0, 0, 0, 0);
        var mask = new byte[_pixels.PixelCount];
        for (var index = 0; index < mask.Length; index++)
        {
            var alpha = _pixels.Rgba[(index * 4) + 3];
            visible += alpha >= Visible ? 1 : 0;
            solid += alpha >= Solid ? 1 : 0;
            mask[index] = (byte)(alpha is >= Visible and < Solid ? 1 : 0);
        }

        var depth = (int)Math.Max(3, SoftDepth * _pixels.ShorterEdge);
        var distances = new DistanceTransform(_pixels.Width, mask, depth + 1);
        for (var y = 0; y < _pixels.Height; y++)
        {
            var row = distances.GetRow(y);
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x] > depth * distances.UnitsPerPixel)
                {
                    var isShadow = IsDark((y * _pixels.Width) + x);
                    (soft, shadow) = isShadow ? (soft, shadow + 1) : (soft + 1, shadow);
                    _softBox = isShadow ? _softBox : (Math.Min(_softBox.Left, x), Math.Min(_softBox.Top, y), Math.Max(_softBox.Right, x + 1), Math.Max(_softBox.Bottom, y + 1));
                }
            }
        }

        return (visible, solid, soft, shadow);
    }

    private bool IsDark(int index)
    {
        var colour = new Colour(_pixels.Rgba[index * 4], _pixels.Rgba[(index * 4) + 1], _pixels.Rgba[(index * 4) + 2]);
        return Math.Max(colour.Red, Math.Max(colour.Green, colour.Blue)) < 90 && colour.Chroma < 40;
    }

    /// <summary>Few colours, and neighbours that differ by hardly anything, as in a drawing and not in a photograph.</summary>
    private bool IsFlat()
    {
        var colours = new int[4096];
        var (solid, compared, flat) = (0, 0, 0);
        for (var index = 0; index < _pixels.PixelCount - 1; index++)
        {
            if (_pixels.Rgba[(index * 4) + 3] < Solid)
            {
                continue;
            }

            solid++;
            colours[((_pixels.Rgba[index * 4] >> 4) << 8) | ((_pixels.Rgba[(index * 4) + 1] >> 4) << 4) | (_pixels.Rgba[(index * 4) + 2] >> 4)]++;
            if (_pixels.Rgba[(index * 4) + 7] >= Solid)
            {
                compared++;
                flat += _pixels.ColourAt(index).MaxDifference(_pixels.ColourAt(index + 1)) <= 1 ? 1 : 0;
            }
        }

        return flat >= MinFlat * compared && colours.OrderDescending().Take(FewColours).Sum() >= MostOfColours * solid;
    }
}
