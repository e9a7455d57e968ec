using System.Globalization;
using System.Text;
using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Drawing;

/// <summary>Draws text. The words come from anyone, so they are data: no markup, no control characters, a bounded length.</summary>
internal static class TextRenderer
{
    /// <summary>Laying text out costs more than its length; nobody reads more than this on a picture.</summary>
    private const int MaxLength = 4000;

    internal static VipsImage Render(string text, TextStyle style)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(style.Size, nameof(style));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(style.Size, 1000, nameof(style));
        var words = Sanitize(text);
        if (string.IsNullOrWhiteSpace(words))
        {
            return VipsImage.FromPixels([0, 0, 0, 0], 1, 1, bands: 4).Pipe(TagAsSrgb);
        }

        var coverage = RenderCoverage(words, style);
        if (style.MaxHeight is { } height && coverage.Height > height)
        {
            coverage.Dispose();
            coverage = RenderTruncated(words, style, height);
        }

        return coverage.Pipe(mask => ApplyColour(mask, style.Colour));
    }

    /// <summary>The longest beginning that fits, found by halving; if not even one letter fits, it is cut.</summary>
    private static VipsImage RenderTruncated(string words, TextStyle style, int height)
    {
        var boundaries = StringInfo.ParseCombiningCharacters(words);
        var (fits, beyond) = (0, boundaries.Length);
        while (beyond - fits > 1)
        {
            var middle = (fits + beyond) / 2;
            using var attempt = RenderCoverage(Beginning(middle), style);
            (fits, beyond) = attempt.Height <= height ? (middle, beyond) : (fits, middle);
        }

        var shortest = RenderCoverage(Beginning(fits), style);
        return shortest.Height <= height ? shortest : shortest.Pipe(image => image.Crop(0, 0, new Dimensions(image.Width, height)));

        string Beginning(int letters) => words[..boundaries[letters]].TrimEnd() + "…";
    }

    private static VipsImage RenderCoverage(string words, TextStyle style)
    {
        var operation = new VipsOperation("text")
            .With("text", EscapeMarkup(words))
            .With("font", $"{BundledFonts.Family} {(style.Bold ? "Bold " : "")}{style.Size}")
            .With("dpi", 72)
            .WithEnum("align", style.Align switch { TextAlign.Centre => "centre", TextAlign.Right => "high", _ => "low" })
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
        using var pixel = VipsImage.FromPixels([colour.Red, colour.Green, colour.Blue, colour.Alpha], 1, 1, bands: 4);
        using var meant = pixel.WithInterpretation("srgb");
        using var ground = meant.Embed(0, 0, new Dimensions(mask.Width, mask.Height), "copy");
        return ground.MultiplyAlpha(mask);
    }

    private static VipsImage TagAsSrgb(VipsImage image) => image.WithInterpretation("srgb");

    /// <summary>Line breaks and tabs stay; other control characters and halves of surrogate pairs are shown as unknown.</summary>
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

    private static string EscapeMarkup(string words) => words
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);
}
