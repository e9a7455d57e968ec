namespace GptImage2.Backends.Http;

/// <summary>Makes a service's own text fit to be quoted: one short line, and no key in it.</summary>
public static partial class ServiceMessageSanitizer
{
    private const int MaxLength = 300;

    /// <summary>The text after a colon, or just a full stop where there is none.</summary>
    public static string QuoteAfterColon(string? text, Secret secret) => Quote(text, secret) is { } quote ? $": {quote}" : ".";

    public static string? Quote(string? text, Secret secret)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var key = secret.Reveal();
        var safe = Keys.Replace(key is "" ? text : text.Replace(key, "(key)", StringComparison.Ordinal), "(key)");
        var line = ToSingleLine(safe);
        return line is "" ? null : line.EndsWith('.') || line.EndsWith('…') ? line : line + ".";
    }

    private static string ToSingleLine(string text)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var visible = !Rune.IsControl(rune) && !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format;
            if (visible)
            {
                line.Append(rune.ToString());
            }
            else if (line is { Length: > 0 } && line[^1] != ' ')
            {
                line.Append(' ');
            }

            if (line.Length >= MaxLength)
            {
                return line.ToString().TrimEnd() + "…";
            }
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>What looks like a key of OpenAI's, masked ones included.</summary>
    [GeneratedRegex(@"\bsk-[A-Za-z0-9_\-*.]{4,}", RegexOptions.CultureInvariant)]
    private static partial Regex Keys { get; }
}
