using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>A call in the making: its arguments, and which of them are to blame.</summary>
internal sealed class InvalidCall(string tool, Random random)
{
    private readonly Dictionary<string, JsonElement> _arguments = [];

    public string Tool => tool;

    public Random Random => random;

    public IReadOnlyDictionary<string, JsonElement> Arguments => _arguments;

    /// <summary>Names as a refusal must give them.</summary>
    public HashSet<string> ExpectedErrors { get; } = new(StringComparer.Ordinal);

    /// <summary>Those of the culprits for which a legal value lies near.</summary>
    public HashSet<string> Correctable { get; } = new(StringComparer.Ordinal);

    public bool Has(string name) => _arguments.ContainsKey(name);

    /// <param name="json">The value as JSON text.</param>
    public InvalidCall Set(string name, string json)
    {
        using var document = JsonDocument.Parse(json);
        _arguments[name] = document.RootElement.Clone();
        return this;
    }

    public InvalidCall SetText(string name, string text) => Set(name, JsonValue.Create(text).ToJsonString());

    public InvalidCall Remove(params IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            _arguments.Remove(name);
        }

        return this;
    }

    public InvalidCall ExpectError(params IEnumerable<string> names)
    {
        ExpectedErrors.UnionWith(names);
        return this;
    }

    public void ExpectCorrectableError(params IEnumerable<string> names)
    {
        ExpectError(names);
        Correctable.UnionWith(names);
    }

    public T Pick<T>(params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    public override string ToString() => $"{tool} {Shortened(new JsonObject(_arguments.Select(pair => KeyValuePair.Create(pair.Key, JsonNode.Parse(pair.Value.GetRawText())))).ToElement().GetRawText())}";

    private static string Shortened(string text) => text.Length <= 2000 ? text : text[..2000] + "…";
}
