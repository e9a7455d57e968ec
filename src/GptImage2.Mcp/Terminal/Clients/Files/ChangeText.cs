namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>Shows a change by what it takes away and adds, and nothing around it: there may be keys of others.</summary>
internal static partial class ChangeText
{
    public static string Write(string path, FileChange change)
    {
        var text = new StringBuilder($"--- {path}\n+++ {path}\n");
        foreach (var edit in change.Edits.OrderBy(edit => edit.Start))
        {
            text.Append($"@@ line {TextPlace.Find(change.Before, edit.Start).Line} @@\n");
            Append('-', Encoding.UTF8.GetString(change.Before.AsSpan(edit.Start, edit.Length)));
            Append('+', edit.Text);
        }

        return HideKeys(text.ToString());

        void Append(char sign, string lines)
        {
            // A comma that ends a line of the file's own says nothing beside what follows it.
            string[] shown = [.. lines.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line is not "")];
            foreach (var line in shown.SkipWhile(line => line is "," && shown.Length > 1))
            {
                text.Append($"{sign}{line}\n");
            }
        }
    }

    public static string HideKeys(string text) => Keys.Replace(text, "sk-(key)");

    /// <summary>Among the arguments that an entry had, perhaps.</summary>
    [GeneratedRegex("sk-[A-Za-z0-9_-]+")]
    private static partial Regex Keys { get; }
}
