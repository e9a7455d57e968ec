using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Text on a sketch.</summary>
internal static class SketchText
{
    /// <summary>In pixels; smaller letters cannot be told apart.</summary>
    public const int Legible = 11;

    private const int Smallest = 6;

    private const int MaxLength = 1500;

    /// <summary>As large as it fits, up to a size in pixels, before it is cut short.</summary>
    public static Image Render(string text, int size, Box room, bool bold = false) => Image.FromText(Truncate(text.Trim()), new TextStyle
    {
        Size = Math.Max(Smallest, size),
        MinSize = Smallest,
        Bold = bold,
        Colour = SketchPalette.Ink,
        MaxWidth = (int)Math.Max(Smallest, room.Width),
        MaxHeight = (int)Math.Max(Smallest, room.Height),
    });

    /// <summary>By the first letter, as Pango lays it out.</summary>
    public static bool IsRightToLeft(string text) => text.EnumerateRunes().FirstOrDefault(Rune.IsLetter).Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC);

    /// <summary>Light text on a dark pill.</summary>
    public static Image DrawPill(string words, int size)
    {
        using var text = Image.FromText(words, new TextStyle { Size = size, Bold = true, Colour = Colour.White });
        using var plate = Image.FromColour(new Dimensions(text.Size.Width + (int)(size * 1.3), (int)(size * 1.75)), SketchPalette.Ink);
        using var pill = plate.RoundCorners(plate.Size.Height / 2.0);
        return pill.Overlay(text, (pill.Size.Width - text.Size.Width) / 2, (pill.Size.Height - text.Size.Height) / 2);
    }

    private static string Truncate(string text) =>
        text.Length > MaxLength ? string.Concat(text.EnumerateRunes().Take(MaxLength).Select(rune => rune.ToString())) + "…" : text;
}
