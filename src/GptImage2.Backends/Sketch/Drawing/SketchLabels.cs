using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>Text on a sketch: what it is, and what was asked for.</summary>
internal static class SketchLabels
{
    private const int MaxPromptLength = 360;

    public static readonly Colour Ink = new(34, 36, 44);

    /// <summary>The prompt on translucent white paper.</summary>
    /// <param name="most">The largest that the card may get, in pixels; its height follows the text.</param>
    /// <param name="snug">Whether its width follows the text, too.</param>
    public static Image DrawCard(string prompt, Dimensions most, int letters, int padding, bool snug = false)
    {
        using var text = Image.FromText(TruncatePrompt(prompt), new TextStyle
        {
            Size = letters,
            Colour = Ink,
            MaxWidth = Math.Max(letters, most.Width - (2 * padding)),
            MaxHeight = Math.Max(letters, most.Height - (2 * padding)),
        });

        var width = snug ? text.Size.Width + (2 * padding) : most.Width;
        using var paper = Image.FromColour(new Dimensions(width, text.Size.Height + (2 * padding)), Colour.White);
        using var card = paper.RoundCorners(padding * 0.62);
        using var translucent = card.WithOpacity(0.86);
        return translucent.Overlay(text, padding, padding);
    }

    /// <summary>On the right, because contact sheets number their images on the left.</summary>
    public static Image DrawHeader(Image below, ImageRequest request, int number, double unit)
    {
        var margin = (int)(9 * unit);
        var style = new TextStyle { Size = Math.Max(11, (int)(3.6 * unit)), Colour = Colour.White, Bold = true };
        using var title = DrawPill("SKETCH", style);
        using var named = below.Overlay(title, below.Size.Width - margin - title.Size.Width, margin);

        using var plain = DrawPill($"{request.Size}  {request.Quality.Name}{FormatNumber(request, number)}", style with { Bold = false });
        return named.Overlay(plain, below.Size.Width - margin - plain.Size.Width, margin + title.Size.Height + (int)(1.5 * unit));
    }

    public static string FormatNumber(ImageRequest request, int number) => request.Count > 1 ? $"  {number} of {request.Count}" : "";

    public static Image DrawPill(string label, TextStyle style)
    {
        using var text = Image.FromText(label, style);
        return DrawPlate(text, new Dimensions(text.Size.Width + (int)(style.Size * 1.33), (int)(style.Size * 1.75)));
    }

    /// <summary>Light text on a dark pill.</summary>
    public static Image DrawPlate(Image text, Dimensions size)
    {
        using var plate = Image.FromColour(size, Ink);
        using var round = plate.RoundCorners(size.Height / 2.0);
        using var translucent = round.WithOpacity(0.8);
        return translucent.Overlay(text, (size.Width - text.Size.Width) / 2, (size.Height - text.Size.Height) / 2);
    }

    /// <summary>Puts the parts on a transparent sheet; they are disposed.</summary>
    public static Image Arrange(Dimensions size, IEnumerable<(Image Part, int Left, int Top)> parts)
    {
        var sheet = Image.FromColour(size, Colour.Transparent);
        foreach (var (part, left, top) in parts)
        {
            using var below = sheet;
            using var above = part;
            sheet = below.Insert(above, left, top);
        }

        using (sheet)
        {
            return sheet.CopyToMemory();
        }
    }

    private static string TruncatePrompt(string prompt) => prompt.Trim() is { Length: > MaxPromptLength } text
        ? string.Concat(text.EnumerateRunes().Take(MaxPromptLength).Select(rune => rune.ToString())) + "…"
        : prompt.Trim();
}
