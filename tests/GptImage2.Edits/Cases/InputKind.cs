using GptImage2.Imaging;
using GptImage2.Imaging.Vips;

namespace GptImage2.Edits.Cases;

/// <summary>A way in which images lie on people's disks.</summary>
/// <param name="Name">For the texts of failures.</param>
/// <param name="Bands">Samples of a pixel, alpha included; four without alpha for CMYK.</param>
/// <param name="Depth">Bits of a sample.</param>
/// <param name="Exact">Whether the file holds the very samples that were drawn.</param>
/// <param name="Save">What else to tell the saver.</param>
internal sealed record InputKind(string Name, ImageFormat Format, int Bands, int Depth, bool Exact, Action<VipsOperation> Save)
{
    public static readonly IReadOnlyList<InputKind> All =
    [
        Png("png rgb", 3), Png("png rgba", 4), Png("png grey", 1), Png("png grey alpha", 2),
        Png("png rgb 16", 3, 16), Png("png rgba 16", 4, 16), Png("png grey 16", 1, 16), Png("png grey alpha 16", 2, 16),
        Png("png interlaced", 3) with { Save = save => save.With("compression", 1).With("interlace", true) },
        Png("png palette", 3) with { Exact = false, Save = save => save.With("palette", true).With("dither", 0.0).With("effort", 1) },
        Png("png palette alpha", 4) with { Exact = false, Save = save => save.With("palette", true).With("dither", 0.0).With("effort", 1) },
        Png("png two colours", 1) with { Exact = false, Save = save => save.With("bitdepth", 1) },
        Jpeg("jpeg", 3, 90), Jpeg("jpeg low", 3, 40), Jpeg("jpeg whole chroma", 3, 97), Jpeg("jpeg grey", 1, 85),
        Jpeg("jpeg progressive", 3, 80) with { Save = save => save.With("Q", 80).With("interlace", true) },
        Jpeg("jpeg cmyk", 4, 90) with { IsCmyk = true },
        Webp("webp", 3, lossless: false), Webp("webp alpha", 4, lossless: false), Webp("webp lossless", 3, lossless: true), Webp("webp lossless alpha", 4, lossless: true) with { Exact = false },
        Tiff("tiff", 3), Tiff("tiff rgba", 4), Tiff("tiff 16", 3, 16), Tiff("tiff rgba 16", 4, 16), Tiff("tiff grey 16", 1, 16), Tiff("tiff grey alpha", 2),
        Tiff("tiff tiled", 3) with { Save = save => save.WithEnum("compression", "deflate").With("tile", true) },
        Tiff("tiff cmyk", 4) with { IsCmyk = true },
        new("gif", ImageFormat.Gif, 3, 8, Exact: false, save => save.With("effort", 1)),
        new("gif alpha", ImageFormat.Gif, 4, 8, Exact: false, save => save.With("effort", 1)),
    ];

    public bool IsCmyk { get; init; }

    public bool HasAlpha => !IsCmyk && Bands is 2 or 4;

    /// <summary>The profiles that such files carry.</summary>
    public string[] Profiles => this switch
    {
        { IsCmyk: true } => ["cmyk"],
        { Format: ImageFormat.Gif } => [],
        { Bands: >= 3 } => ["srgb", "p3"],
        _ => [],
    };

    /// <summary>Whether such files say how they are to be turned.</summary>
    public bool CanBeRotated => Format is ImageFormat.Jpeg or ImageFormat.Png;

    private static InputKind Png(string name, int bands, int depth = 8) => new(name, ImageFormat.Png, bands, depth, true, save => save.With("compression", 1));

    private static InputKind Jpeg(string name, int bands, int quality) => new(name, ImageFormat.Jpeg, bands, 8, false, save => save.With("Q", quality));

    private static InputKind Webp(string name, int bands, bool lossless) => new(name, ImageFormat.Webp, bands, 8, lossless, save =>
    {
        save.With("lossless", lossless).With("effort", 0);
        if (lossless)
        {
            save.WithIfSupported("exact");
        }
    });

    private static InputKind Tiff(string name, int bands, int depth = 8) =>
        new(name, ImageFormat.Tiff, bands, depth, true, save => save.WithEnum("compression", "lzw"));
}
