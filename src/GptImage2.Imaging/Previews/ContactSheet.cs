using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Previews;

/// <summary>Several pictures on one numbered sheet, so that a model can compare them and say which it means.</summary>
public static class ContactSheet
{
    public const int MaxImages = 16;

    private static readonly Colour BackgroundColour = new(0xE9, 0xEB, 0xEE);

    /// <summary>The images in reading order, numbered from 1. They are read one at a time.</summary>
    /// <param name="images">One to <see cref="MaxImages"/>.</param>
    /// <param name="maxEdge">Longest edge of the sheet in pixels.</param>
    /// <param name="maxBytes">Encoded size, at least <see cref="PreviewOptions.MinBytes"/>.</param>
    /// <param name="limits">Null for the defaults.</param>
    /// <exception cref="UnreadableImageException">One of the images cannot be read.</exception>
    /// <exception cref="ImagingUnavailableException">No libvips on this machine.</exception>
    public static EncodedPreview Create(IReadOnlyList<EncodedImage> images, int maxEdge = 1568, int maxBytes = 400_000, ImageLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfZero(images.Count, nameof(images));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(images.Count, MaxImages, nameof(images));
        var layout = ContactSheetLayout.Calculate([.. images.Select(image => ImageHeader.Read(image, limits).Size)], maxEdge);
        using var blank = Image.FromColour(layout.Sheet, BackgroundColour);
        var sheet = blank.Flatten(BackgroundColour);
        try
        {
            for (var i = 0; i < images.Count; i++)
            {
                using var below = sheet;
                sheet = AddTile(below, images[i], i + 1, layout, limits);
            }

            return SizeLimitedEncoder.Encode(sheet, maxBytes);
        }
        finally
        {
            sheet.Dispose();
        }
    }

    /// <summary>The tile is computed now, so that its original is let go before the next is read.</summary>
    private static Image AddTile(Image sheet, EncodedImage image, int number, ContactSheetLayout layout, ImageLimits? limits)
    {
        var frame = layout.Frames[number - 1];
        using var tile = ContactSheetTile.Render(image, number, frame.Size, layout.Gap, limits);
        using var ground = Image.FromColour(tile.Size, BackgroundColour);
        using var opaque = ground.Flatten(BackgroundColour);
        using var laid = opaque.Overlay(tile, 0, 0);
        using var cell = laid.CopyToMemory();
        return sheet.Insert(
            cell,
            frame.Left + ((frame.Size.Width - cell.Size.Width) / 2),
            frame.Top + ((frame.Size.Height - cell.Size.Height) / 2));
    }
}
