using GptImage2.Imaging;

namespace GptImage2.Edits.Cases;

/// <summary>What the original of a case decodes to.</summary>
/// <param name="Original">Upright, in its own depth and channels.</param>
/// <param name="Srgb">Upright, as 8-bit sRGB, its alpha kept.</param>
internal sealed record ExpectedOriginal(EditCase Case, byte[] File, Raster Original, Raster Srgb)
{
    /// <summary>Draws and encodes the original.</summary>
    public static ExpectedOriginal Create(EditCase @case)
    {
        var kind = @case.Kind;
        var stored = @case.Orientation >= 5 ? new Dimensions(@case.Size.Height, @case.Size.Width) : @case.Size;
        var drawn = TestImageEncoder.Draw(kind, stored, @case.Number);
        var file = TestImageEncoder.Encode(drawn, kind, @case.Profile, @case.Orientation);
        var decoded = ImageDecoder.DecodeStored(file, kind.Format);
        if (kind.Exact)
        {
            decoded.Bytes.AsSpan().SequenceEqual(drawn.Bytes).ShouldBeTrue("what was drawn is what is stored");
        }

        if (kind.Format is ImageFormat.Png or ImageFormat.Webp)
        {
            ImageDecoder.DecodeIndependently(file, decoded.Bands, decoded.Depth).AsSpan().SequenceEqual(decoded.Bytes).ShouldBeTrue("two decoders agree on the original");
        }

        var plain = decoded is { Depth: 8, Bands: >= 3 } && @case.Profile is null && !kind.IsCmyk;
        var srgb = plain ? decoded : ImageDecoder.DecodeSrgb(file, kind.Format, @case.Profile is not null);
        return new ExpectedOriginal(@case, file, decoded.ApplyOrientation(@case.Orientation), srgb.ApplyOrientation(@case.Orientation));
    }

    /// <summary>What a result keeps outside the region, where it holds what the original does.</summary>
    public Raster GetRaster(ImageFormat format) => format switch
    {
        _ when Case.Kind.IsCmyk => Srgb,
        // The format itself says nothing of an alpha that is full everywhere.
        ImageFormat.Webp => (Original is { Depth: 8, Bands: >= 3 } ? Original : Srgb).WithoutFullAlpha(),
        ImageFormat.Jpeg when Original.Depth > 8 => Srgb,
        _ => Original,
    };

    /// <summary>Whether the original's profile goes along.</summary>
    public bool KeepsProfile(ImageFormat format) => Case.Profile is not null && !Case.Kind.IsCmyk && (format is ImageFormat.Png || Original.Depth is 8);
}
