namespace GptImage2.Mcp.Tools.Arguments.Reading;

/// <summary>A colour for a background: the argument knows opaque and transparent only, and the prompt says which colour.</summary>
internal static partial class BackgroundReader
{
    private static readonly string[] Colours =
        ["white", "black", "grey", "gray", "red", "green", "blue", "yellow", "orange", "purple", "pink", "brown", "beige", "cream", "teal", "navy", "cyan", "magenta", "gold", "silver"];

    private static readonly string[] Clear = ["transparent", "see-through", "no background", "without background"];

    public static void Read(ArgumentSet arguments)
    {
        if (arguments.Knows("background") && arguments.FindText("background") is { Length: > 12 } words && Clear.Any(word => words.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            arguments.Set("background", "transparent");
        }
        else if (arguments.Knows("background") && arguments.FindText("background") is { } written && IsColour(written.Trim().ToLowerInvariant()) && arguments.FindText("prompt") is { } prompt)
        {
            arguments.Refuse(
                "background",
                "auto, opaque or transparent (the prompt says which colour)",
                Violation.Quote(written),
                "opaque",
                new Repair("background", "opaque"),
                new Repair("prompt", $"{prompt.TrimEnd().TrimEnd('.')}. The background is plain {written.Trim()}."));
        }
    }

    private static bool IsColour(string text) => HexPattern.IsMatch(text) || (text.Split([' ', '-']) is { Length: <= 3 } words && words.Any(Colours.Contains));

    [GeneratedRegex("^#(?:[0-9a-f]{3}){1,2}$")]
    private static partial Regex HexPattern { get; }
}
