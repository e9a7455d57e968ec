namespace GptImage2.Mcp.Tools.Arguments.Reading;

/// <summary>Names in another spelling, and those by which other image services call the same thing.</summary>
internal static class ArgumentNames
{
    /// <summary>What belongs into the prompt, and how it is said there.</summary>
    private static readonly Dictionary<string, string> PromptSentences = new(StringComparer.OrdinalIgnoreCase)
    {
        ["negative_prompt"] = "The image shows none of this:",
        ["style"] = "Style:",
    };

    private static readonly string[] FolderNames = ["output_dir", "output_directory", "output_folder", "directory", "folder", "dir"];

    public static void Read(ArgumentSet arguments)
    {
        // Several images where one is expected are several images.
        if (arguments.Knows("images") && !arguments.Has("images")
            && arguments.Find("image") is { ValueKind: JsonValueKind.Array } several && several.GetArrayLength() > 1 && several.EnumerateArray().All(image => image.ValueKind is JsonValueKind.String))
        {
            arguments.Rename("image", "images");
        }

        ReadNames(arguments);
        ReadFolder(arguments);
    }

    private static void ReadNames(ArgumentSet arguments)
    {
        foreach (var name in arguments.Values.Keys.Where(name => !arguments.Knows(name)).ToArray())
        {
            if (name is "transparent" or "transparent_background" && arguments.Knows("background") && !arguments.Has("background") && arguments.Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } wanted)
            {
                arguments.Remove(name);
                arguments.Set("background", wanted.GetBoolean() ? "transparent" : "auto");
            }
            else if (FindMeant(arguments, name) is { } meant && !arguments.Has(meant))
            {
                arguments.Rename(name, meant);
            }
            else if (PromptSentences.TryGetValue(name, out var sentence) && arguments.Knows("prompt") && arguments.FindText("prompt") is { } prompt && arguments.FindText(name) is { } words)
            {
                arguments.Refuse(
                    name,
                    "to be said in prompt",
                    Violation.Quote(words),
                    null,
                    new Repair(name, null),
                    new Repair("prompt", $"{prompt.TrimEnd()}{(prompt.TrimEnd() is [.., '.' or '!' or '?' or '"'] ? "" : ".")} {sentence} {words.Trim().TrimEnd('.')}."));
            }
        }
    }

    /// <returns>The one argument of this tool that the name can mean, or null.</returns>
    private static string? FindMeant(ArgumentSet arguments, string name) =>
        arguments.Known.Where(known => ArgumentSynonyms.Simplify(known) == ArgumentSynonyms.Simplify(name)).ToArray() is [var same] ? same
        : ArgumentSynonyms.Find(name, arguments.Known) is var synonyms && synonyms is [var only] && !ArgumentSynonyms.UncertainNames.Contains(ArgumentSynonyms.Simplify(name)) ? only

        // Of several, the one without which there is no call at all.
        : synonyms.Where(synonym => arguments.Required.Contains(synonym) && !arguments.Has(synonym)).ToArray() is [var needed] ? needed
        : null;

    /// <summary>A folder beside a file's name is the folder of that file.</summary>
    private static void ReadFolder(ArgumentSet arguments)
    {
        if (!arguments.Knows("save_to") || FolderNames.FirstOrDefault(arguments.Has) is not { } name || arguments.FindText(name) is not { } folder)
        {
            return;
        }

        var file = arguments.FindText("save_to") ?? "";
        if (!Path.IsPathRooted(file))
        {
            arguments.Remove(name);
            arguments.Set("save_to", Path.Combine(folder, file));
        }
    }
}
