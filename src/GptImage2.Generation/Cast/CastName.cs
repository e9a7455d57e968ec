namespace GptImage2.Generation.Cast;

/// <summary>What an entry or a variant may be called: one word, so that a prompt can mention it.</summary>
public static partial class CastName
{
    /// <summary>The rule, for the text of an error.</summary>
    public const string Expected = "one word that a prompt can mention as @Name: a letter, then up to 39 letters, digits, - or _";

    private static readonly string[] ReservedByWindows = ["con", "prn", "aux", "nul"];

    public static bool IsValid(string name) => Pattern.IsMatch(name);

    /// <summary>The nearest legal name, or null where nothing is left of it.</summary>
    public static string? FindNearest(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        // What follows a slash is a variant, which is not defined by its entry's name.
        var word = OtherPattern.Replace(name.Trim().TrimStart('@').Split('/')[0], "-").Trim('-', '_');
        var legal = word.Length > 40 ? word[..40].TrimEnd('-', '_') : word;
        return IsValid(legal) ? legal : null;
    }

    /// <summary>By what an entry is found, and its folder is called.</summary>
    internal static string ToKey(string name)
    {
        var key = name.ToLowerInvariant();
        return ReservedByWindows.Contains(key) || (key is { Length: 4 } && (key.StartsWith("com", StringComparison.Ordinal) || key.StartsWith("lpt", StringComparison.Ordinal)) && char.IsAsciiDigit(key[3])) ? $"{key}_" : key;
    }

    [GeneratedRegex(@"^\p{L}(?:[\p{L}\p{M}\p{N}_-]{0,38}[\p{L}\p{M}\p{N}])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern { get; }

    [GeneratedRegex(@"[^\p{L}\p{M}\p{N}_]+", RegexOptions.CultureInvariant)]
    private static partial Regex OtherPattern { get; }
}
