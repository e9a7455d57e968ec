namespace GptImage2.Imaging.Drawing;

/// <summary>Says what cannot be read where letters would be drawn as boxes of digits.</summary>
internal static class ScriptNotes
{
    /// <summary>A note in place of the first words of a script without a font, and an ellipsis in place of all further ones.</summary>
    /// <param name="isDrawn">Whether a text of a script can be drawn.</param>
    public static string Apply(string text, Func<Script, string, bool> isDrawn)
    {
        if (text.EnumerateRunes().All(rune => Script.Find(rune) is null))
        {
            return text;
        }

        // Chinese characters between Japanese ones are Japanese.
        var isJapanese = text.EnumerateRunes().Any(rune => Script.Find(rune) == Script.Japanese);
        var (written, between, noted, open) = (new StringBuilder(), new StringBuilder(), new HashSet<string>(), "");
        foreach (var rune in text.EnumerateRunes())
        {
            if (Script.Find(rune) is { } script && !isDrawn(script, rune.ToString()))
            {
                var name = isJapanese && script == Script.Chinese ? Script.Japanese.Name : script.Name;
                if (name != open)
                {
                    written.Append(between).Append(noted.Add(name) ? Describe(name) : "…");
                }

                open = name;
                between.Clear();
            }
            else
            {
                between.Append(rune.ToString());
                open = IsBetweenWords(rune) ? open : "";
            }
        }

        return written.Append(between).ToString();
    }

    private static string Describe(string name) => $"[{name}{(name is "emoji" ? "" : " text")}: no font on this machine shows it]";

    private static bool IsBetweenWords(Rune rune) => !Rune.IsLetter(rune) && Script.Find(rune) is null;
}
