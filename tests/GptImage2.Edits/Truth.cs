using GptImage2.Imaging;

namespace GptImage2.Edits;

/// <summary>What the original of a case decodes to.</summary>
/// <param name="Own">Upright, in its own depth and channels.</param>
/// <param name="Srgb">Upright, as 8-bit sRGB, its alpha kept.</param>
internal sealed record Truth(EditCase Case, byte[] File, Raster Own, Raster Srgb)
{
    /// <summary>Draws and encodes the original.</summary>
    public static Truth Of(EditCase @case)
    {
        var kind = @case.Kind;
        var stored = @case.Orientation >= 5 ? new Dimensions(@case.Size.Height, @case.Size.Width) : @case.Size;
        var drawn = Drawing.Draw(kind, stored, @case.Number);
        var file = Drawing.Encode(drawn, kind, @case.Profile, @case.Orientation);
        var decoded = Decoder.Stored(file, kind.Format);
        if (kind.Exact)
        {
            decoded.Bytes.AsSpan().SequenceEqual(drawn.Bytes).ShouldBeTrue("what was drawn is what is stored");
        }

        var plain = decoded is { Depth: 8, Bands: >= 3 } && @case.Profile is null && !kind.IsCmyk;
        var srgb = plain ? decoded : Decoder.Srgb(file, kind.Format, @case.Profile is not null);
        return new Truth(@case, file, decoded.Upright(@case.Orientation), srgb.Upright(@case.Orientation));
    }

    /// <summary>What a result keeps outside the region, where it holds what the original does.</summary>
    public Raster In(ImageFormat format) => format switch
    {
        _ when Case.Kind.IsCmyk => Srgb,
        // The format itself says nothing of an alpha that is full everywhere.
        ImageFormat.Webp => (Own is { Depth: 8, Bands: >= 3 } ? Own : Srgb).WithoutFullAlpha(),
        ImageFormat.Jpeg when Own.Depth > 8 => Srgb,
        _ => Own,
    };

    /// <summary>Whether the original's profile goes along.</summary>
    public bool KeepsProfile(ImageFormat format) => Case.Profile is not null && !Case.Kind.IsCmyk && (format is ImageFormat.Png || Own.Depth is 8);
}
