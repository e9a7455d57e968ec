using GptImage2.Imaging.Codecs;

namespace GptImage2.Imaging.Previews;

/// <summary>Several images on one numbered sheet, so that a model can compare them and refer to each by number.</summary>
public static class ContactSheet
{
    /// <summary>More tiles would be too small to tell apart.</summary>
    public const int MaxImages = 36;

    /// <summary>Smallest longest edge of a sheet, in pixels.</summary>
    public const int MinEdge = 256;

    private static readonly Colour BackgroundColour = new(0xE9, 0xEB, 0xEE);

    /// <summary>The images in reading order, numbered. They are decoded one at a time.</summary>
    /// <param name="images">One to <see cref="MaxImages"/>.</param>
    /// <param name="maxEdge">Longest edge of the sheet in pixels; its area stays within <see cref="PreviewOptions.MaxPixels"/> too.</param>
    /// <param name="maxBytes">Largest encoded size, at least <see cref="PreviewOptions.MinBytes"/>.</param>
    /// <param name="numbers">One for each image; null to count from 1.</param>
    /// <exception cref="UnreadableImageException">One of them cannot be read; the text names its number.</exception>
    public static EncodedPreview Create(
        IReadOnlyList<EncodedImage> images, int maxEdge = PreviewOptions.DefaultMaxEdge, int maxBytes = 400_000, IReadOnlyList<int>? numbers = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfZero(images.Count, nameof(images));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(images.Count, MaxImages, nameof(images));
        numbers ??= [.. Enumerable.Range(1, images.Count)];
        var layout = ContactSheetLayout.Calculate([.. images.Zip(numbers, (image, number) => Blame(number, () => ImageHeader.Read(image).Size))], maxEdge);
        using var blank = Image.FromColour(layout.Sheet, BackgroundColour);
        var sheet = blank.Flatten(BackgroundColour);
        try
        {
            for (var i = 0; i < images.Count; i++)
            {
                using var below = sheet;
                sheet = Blame(numbers[i], () => AddTile(below, images[i], layout.Frames[i], numbers[i], layout.Gap));
            }

            return SizeLimitedEncoder.Encode(sheet, maxBytes);
        }
        finally
        {
            sheet.Dispose();
        }
    }

    /// <summary>The tile is computed now, so that its original is released before the next is read.</summary>
    private static Image AddTile(Image sheet, EncodedImage image, PixelArea frame, int number, int gap)
    {
        using var tile = ContactSheetTile.Render(image, number, frame.Size, gap);
        using var background = Image.FromColour(tile.Size, BackgroundColour);
        using var opaque = background.Flatten(BackgroundColour);
        using var composed = opaque.Overlay(tile, 0, 0);
        using var cell = composed.CopyToMemory();
        return sheet.Insert(
            cell,
            frame.Left + ((frame.Size.Width - cell.Size.Width) / 2),
            frame.Top + ((frame.Size.Height - cell.Size.Height) / 2));
    }

    private static T Blame<T>(int number, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (UnreadableImageException unreadable)
        {
            throw new UnreadableImageException(unreadable.Error, $"image {number}: {unreadable.Message}", unreadable);
        }
    }
}

/// <summary>One tile of a contact sheet: rounded corners and a number badge.</summary>
internal static class ContactSheetTile
{
    internal static Image Render(EncodedImage image, int number, Dimensions frame, int gap)
    {
        using var thumbnail = LoadScaled(image, frame);
        using var shown = thumbnail.OverCheckerboard(square: 10);
        using var rounded = shown.RoundCorners(gap * 0.6);
        using var padded = PadToMinimum(rounded, frame);
        var size = Math.Min(frame.Height / 14, Math.Min(padded.Size.Width, padded.Size.Height) / 4);
        using var badge = NumberBadge.Render(number, Math.Clamp(size, 12, 40));
        return padded.Overlay(badge, gap / 2, gap / 2);
    }

    private static Image LoadScaled(EncodedImage image, Dimensions frame)
    {
        using var thumbnail = Image.OpenThumbnail(image, Math.Max(frame.Width, frame.Height));
        var scale = Math.Min(1, Math.Min((double)frame.Width / thumbnail.Size.Width, (double)frame.Height / thumbnail.Size.Height));
        using var fitted = thumbnail.Resize(new Dimensions(
            Math.Clamp((int)Math.Round(thumbnail.Size.Width * scale), 1, frame.Width),
            Math.Clamp((int)Math.Round(thumbnail.Size.Height * scale), 1, frame.Height)));
        return fitted.CopyToMemory();
    }

    /// <summary>Pads an image that is smaller than its badge.</summary>
    private static Image PadToMinimum(Image tile, Dimensions frame)
    {
        var size = new Dimensions(
            Math.Max(tile.Size.Width, Math.Min(ContactSheetLayout.MinTileEdge, frame.Width)),
            Math.Max(tile.Size.Height, Math.Min(ContactSheetLayout.MinTileEdge, frame.Height)));
        return tile.PlaceOnCanvas((size.Width - tile.Size.Width) / 2, (size.Height - tile.Size.Height) / 2, size);
    }
}
