namespace GptImage2.Mcp.Configuration;

/// <summary>What stands where a key belongs until somebody puts one there. It counts as no key: images are sketches, and say why.</summary>
internal static partial class KeyPlaceholder
{
    /// <summary>What this program writes. No request can carry its last letter.</summary>
    public const string Text = "sk-…";

    /// <summary>So too as it is typed, and a reference to a variable that the client has not filled in.</summary>
    public static bool IsOne(string value) => value is Text or "sk-..." || Reference.IsMatch(value);

    /// <summary>Why there is no key.</summary>
    public static string Explain(string value) => $"OPENAI_API_KEY still holds the placeholder {value}: put your key there";

    [GeneratedRegex(@"^\$(\{[\w:-]+\}|\w+)\z")]
    private static partial Regex Reference { get; }
}
