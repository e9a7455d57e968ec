using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Imaging.Previews;

/// <summary>One picture of a contact sheet: its corners rounded, a number on it.</summary>
internal static class ContactSheetTile
{
    private static readonly Colour BadgeColour = new(0x12, 0x15, 0x1A, 0xE6);

    internal static Image Render(EncodedImage image, int number, Dimensions frame, int gap, ImageLimits? limits)
    {
        using var small = LoadScaled(image, frame, limits);
        using var shown = OverCheckerboard(small);
        using var rounded = shown.RoundCorners(gap * 0.6);
        using var roomy = PadToMinimum(rounded, frame);
        var size = Math.Min(frame.Height / 14, Math.Min(roomy.Size.Width, roomy.Size.Height) / 4);
        using var badge = RenderBadge(number, Math.Clamp(size, 12, 40));
        return roomy.Overlay(badge, gap / 2, gap / 2);
    }

    private static Image LoadScaled(EncodedImage image, Dimensions frame, ImageLimits? limits)
    {
        using var small = Image.OpenThumbnail(image, Math.Max(frame.Width, frame.Height), limits);
        var scale = Math.Min(1, Math.Min((double)frame.Width / small.Size.Width, (double)frame.Height / small.Size.Height));
        using var fitted = small.Resize(new Dimensions(
            Math.Clamp((int)Math.Round(small.Size.Width * scale), 1, frame.Width),
            Math.Clamp((int)Math.Round(small.Size.Height * scale), 1, frame.Height)));
        return fitted.CopyToMemory();
    }

    /// <summary>What is transparent shows a light checkerboard, which nobody takes for a part of the picture.</summary>
    private static Image OverCheckerboard(Image small)
    {
        if (!small.HasAlpha)
        {
            return small.ToSrgb8();
        }

        using var checks = Image.CreateCheckerboard(small.Size, square: 10);
        return checks.Overlay(small, 0, 0);
    }

    /// <summary>A picture smaller than its number gets room around it.</summary>
    private static Image PadToMinimum(Image tile, Dimensions frame)
    {
        var room = new Dimensions(
            Math.Max(tile.Size.Width, Math.Min(ContactSheetLayout.MinTileEdge, frame.Width)),
            Math.Max(tile.Size.Height, Math.Min(ContactSheetLayout.MinTileEdge, frame.Height)));
        return tile.PlaceOnCanvas((room.Width - tile.Size.Width) / 2, (room.Height - tile.Size.Height) / 2, room);
    }

    /// <summary>White on near-black with a white rim: legible on any picture.</summary>
    private static Image RenderBadge(int number, int size)
    {
        using var text = Image.FromText($"{number}", new TextStyle { Size = size, Bold = true, Colour = Colour.White });
        var rim = Math.Max(1, size / 12);
        var height = (int)(size * 1.6);
        var inner = new Dimensions(Math.Max(height, text.Size.Width + size), height);
        var outer = new Dimensions(inner.Width + (2 * rim), inner.Height + (2 * rim));
        using var white = Image.FromColour(outer, Colour.White);
        using var ring = white.RoundCorners(outer.Height / 2.0);
        using var dark = Image.FromColour(inner, BadgeColour);
        using var pill = dark.RoundCorners(inner.Height / 2.0);
        using var body = ring.Overlay(pill, rim, rim);
        return body.Overlay(text, (outer.Width - text.Size.Width) / 2, (outer.Height - text.Size.Height) / 2);
    }
}
