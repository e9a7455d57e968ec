using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Drawing;

/// <summary>How text is drawn.</summary>
public sealed record TextStyle
{
    /// <summary>Font size in pixels; a capital letter is about 0.73 of it high.</summary>
    public int Size { get; init; } = 16;

    public Colour Colour { get; init; } = Colour.Black;

    public bool Bold { get; init; }

    /// <summary>Lines wrap at this width in pixels; null never wraps.</summary>
    public int? MaxWidth { get; init; }

    /// <summary>Text that needs more than this height in pixels is truncated and ends in an ellipsis; null never truncates.</summary>
    public int? MaxHeight { get; init; }

    /// <summary>Text is drawn smaller before it is truncated, but no smaller than this; null never does.</summary>
    public int? MinSize { get; init; }
}

/// <summary>Renders text with Pango. The text is untrusted: no markup, no control characters, a bounded length. Letters without a font give way to a note.</summary>
internal static class TextRenderer
{
    /// <summary>In characters: the time of text layout grows faster than its length.</summary>
    private const int MaxLength = 4000;

    internal static VipsImage Render(string text, TextStyle style)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(style.Size, nameof(style));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(style.Size, 1000, nameof(style));
        text = ScriptNotes.Apply(Sanitize(text), FontCoverage.IsDrawn);
        if (string.IsNullOrWhiteSpace(text))
        {
            return VipsImage.FromRgba([0, 0, 0, 0], new Dimensions(1, 1));
        }

        var coverage = RenderCoverage(text, style);
        if (style.MaxHeight is { } height && coverage.Height > height)
        {
            coverage.Dispose();
            var smaller = style with { Size = FindLargestSize(text, style, height) };
            coverage = RenderCoverage(text, smaller);
            if (coverage.Height > height)
            {
                coverage.Dispose();
                coverage = RenderTruncated(text, smaller, height);
            }
        }

        return coverage.Pipe(mask => ApplyColour(mask, style.Colour));
    }

    /// <summary>By binary search; the smallest where none fits.</summary>
    private static int FindLargestSize(string text, TextStyle style, int height)
    {
        var (fits, tooLarge) = (Math.Min(style.MinSize ?? style.Size, style.Size), style.Size);
        while (tooLarge - fits > 1)
        {
            var middle = (fits + tooLarge) / 2;
            using var attempt = RenderCoverage(text, style with { Size = middle });
            (fits, tooLarge) = attempt.Height <= height ? (middle, tooLarge) : (fits, middle);
        }

        return fits;
    }

    /// <summary>The longest prefix that fits, found by binary search; if not even one character fits, the image is cropped.</summary>
    private static VipsImage RenderTruncated(string text, TextStyle style, int height)
    {
        var boundaries = StringInfo.ParseCombiningCharacters(text);
        var (fits, tooLong) = (0, boundaries.Length);
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            using var attempt = RenderCoverage(Prefix(middle), style);
            (fits, tooLong) = attempt.Height <= height ? (middle, tooLong) : (fits, middle);
        }

        var shortest = RenderCoverage(Prefix(fits), style);
        return shortest.Height <= height ? shortest : shortest.Pipe(image => image.Crop(0, 0, new Dimensions(image.Width, height)));

        string Prefix(int length) => text[..boundaries[length]].TrimEnd() + "…";
    }

    internal static VipsImage RenderCoverage(string text, TextStyle style)
    {
        var operation = new VipsOperation("text")
            .With("text", EscapeMarkup(text))
            .With("font", $"{BundledFonts.Family} {(style.Bold ? "Bold " : "")}{style.Size}")
            .With("dpi", 72)
            .WithEnum("wrap", "word-char");
        if (style.MaxWidth is { } width)
        {
            operation.With("width", Math.Max(1, width));
        }

        if (BundledFonts.GetFontPath(style.Bold) is { } file)
        {
            operation.With("fontfile", file);
        }

        return operation.ToImage();
    }

    private static VipsImage ApplyColour(VipsImage mask, Colour colour)
    {
        using var fill = VipsImage.FromColour(colour, new Dimensions(mask.Width, mask.Height));
        return fill.MultiplyAlpha(mask);
    }

    /// <summary>Line breaks and tabs stay; other control characters and lone surrogates become the replacement character.</summary>
    private static string Sanitize(string text)
    {
        var clean = new StringBuilder(Math.Min(text.Length, MaxLength));
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            clean.Append((Rune.IsControl(rune) && rune.Value is not ('\n' or '\t') ? Rune.ReplacementChar : rune).ToString());
            if (clean.Length >= MaxLength)
            {
                return clean.Append('…').ToString();
            }
        }

        return clean.ToString();
    }

    private static string EscapeMarkup(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
