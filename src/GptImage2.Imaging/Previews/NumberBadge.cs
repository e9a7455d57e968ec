using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Imaging.Previews;

/// <summary>The number of an image on a sheet or a board: white on near-black with a white rim, legible on any image.</summary>
internal static class NumberBadge
{
    private static readonly Colour BadgeColour = new(0x12, 0x15, 0x1A, 0xE6);

    /// <param name="size">Font size in pixels; the badge is about 1.75 times as high.</param>
    internal static Image Render(int number, int size)
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
