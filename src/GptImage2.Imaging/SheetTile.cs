namespace GptImage2.Imaging;

/// <summary>One picture of a contact sheet: its corners rounded, a number on it.</summary>
internal static class SheetTile
{
    private static readonly Colour Ink = new(0x12, 0x15, 0x1A, 0xE6);

    internal static Picture Draw(EncodedImage image, int number, Dimensions frame, int gap, ImageLimits? limits)
    {
        using var small = Fit(image, frame, limits);
        using var shown = Grounded(small);
        using var rounded = shown.Rounded(gap * 0.6);
        using var roomy = Roomy(rounded, frame);
        var size = Math.Min(frame.Height / 14, Math.Min(roomy.Size.Width, roomy.Size.Height) / 4);
        using var badge = Badge(number, Math.Clamp(size, 12, 40));
        return roomy.Overlay(badge, gap / 2, gap / 2);
    }

    private static Picture Fit(EncodedImage image, Dimensions frame, ImageLimits? limits)
    {
        using var small = Picture.OpenThumbnail(image, Math.Max(frame.Width, frame.Height), limits);
        var scale = Math.Min(1, Math.Min((double)frame.Width / small.Size.Width, (double)frame.Height / small.Size.Height));
        using var fitted = small.Resize(new Dimensions(
            Math.Clamp((int)Math.Round(small.Size.Width * scale), 1, frame.Width),
            Math.Clamp((int)Math.Round(small.Size.Height * scale), 1, frame.Height)));
        return fitted.InMemory();
    }

    /// <summary>What is transparent shows a light checkerboard, which nobody takes for a part of the picture.</summary>
    private static Picture Grounded(Picture small)
    {
        if (!small.HasAlpha)
        {
            return small.ToSrgb8();
        }

        using var checks = Picture.Checkerboard(small.Size, square: 10);
        return checks.Overlay(small, 0, 0);
    }

    /// <summary>A picture smaller than its number gets room around it.</summary>
    private static Picture Roomy(Picture tile, Dimensions frame)
    {
        var room = new Dimensions(
            Math.Max(tile.Size.Width, Math.Min(SheetLayout.LeastEdge, frame.Width)),
            Math.Max(tile.Size.Height, Math.Min(SheetLayout.LeastEdge, frame.Height)));
        return tile.Place((room.Width - tile.Size.Width) / 2, (room.Height - tile.Size.Height) / 2, room);
    }

    /// <summary>White on near-black with a white rim: legible on any picture.</summary>
    private static Picture Badge(int number, int size)
    {
        using var text = Picture.Text($"{number}", new TextStyle { Size = size, Bold = true, Colour = Colour.White });
        var rim = Math.Max(1, size / 12);
        var height = (int)(size * 1.6);
        var inner = new Dimensions(Math.Max(height, text.Size.Width + size), height);
        var outer = new Dimensions(inner.Width + (2 * rim), inner.Height + (2 * rim));
        using var white = Picture.Solid(outer, Colour.White);
        using var ring = white.Rounded(outer.Height / 2.0);
        using var dark = Picture.Solid(inner, Ink);
        using var pill = dark.Rounded(inner.Height / 2.0);
        using var body = ring.Overlay(pill, rim, rim);
        return body.Overlay(text, (outer.Width - text.Size.Width) / 2, (outer.Height - text.Size.Height) / 2);
    }
}
