using GptImage2.Imaging.Vips;

namespace GptImage2.Imaging;

/// <summary>Several pictures on one numbered sheet, so that a model can compare them and say which it means.</summary>
public static class ContactSheet
{
    public const int MaxImages = 16;

    private static readonly Colour Ground = new(0xE9, 0xEB, 0xEE);

    /// <summary>The images in reading order, numbered from 1. They are read one at a time.</summary>
    /// <param name="images">One to <see cref="MaxImages"/>.</param>
    /// <param name="maxEdge">Longest edge of the sheet in pixels.</param>
    /// <param name="maxBytes">Encoded size, at least <see cref="PreviewOptions.LeastBytes"/>.</param>
    /// <param name="limits">Null for the defaults.</param>
    /// <exception cref="UnreadableImageException">One of the images cannot be read.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    public static EncodedPreview Make(IReadOnlyList<EncodedImage> images, int maxEdge = 1568, int maxBytes = 400_000, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfZero(images.Count, nameof(images));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(images.Count, MaxImages, nameof(images));
        var layout = SheetLayout.For([.. images.Select(image => ImageHeader.Read(image, limits).Size)], maxEdge);
        var cells = new List<VipsImage>();
        try
        {
            for (var i = 0; i < images.Count; i++)
            {
                using var cell = Cell(images[i], i + 1, layout, limits);
                cells.Add(cell.InMemory().Image);
            }

            using var sheet = new Picture(Join(cells, layout));
            return ByteBudget.Encode(sheet, maxBytes);
        }
        finally
        {
            cells.ForEach(cell => cell.Dispose());
        }
    }

    private static Picture Cell(EncodedImage image, int number, SheetLayout layout, ImageLimits? limits)
    {
        using var ground = Picture.Solid(layout.Cell, Ground);
        using var opaque = ground.Flatten(Ground);
        using var tile = SheetTile.Draw(image, number, layout, limits);
        return opaque.Overlay(tile, (layout.Cell.Width - tile.Size.Width) / 2, (layout.Cell.Height - tile.Size.Height) / 2);
    }

    private static VipsImage Join(List<VipsImage> cells, SheetLayout layout)
    {
        double[] ground = [Ground.Red, Ground.Green, Ground.Blue];
        using var joined = new VipsOperation("arrayjoin").With("in", [.. cells]).With("across", layout.Columns)
            .With("shim", layout.Gap).With("background", ground).Image();
        var framed = new Dimensions(joined.Width + (2 * layout.Gap), joined.Height + (2 * layout.Gap));
        return new VipsOperation("embed").With("in", joined).With("x", layout.Gap).With("y", layout.Gap)
            .With("width", framed.Width).With("height", framed.Height).Choose("extend", "background").With("background", ground).Image();
    }
}
