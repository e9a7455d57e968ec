namespace GptImage2.Mcp.Tools.Arguments.Reading;

/// <summary>The arguments of one call while they are read: what was meant replaces what was written, or is refused with its repair.</summary>
internal sealed class ArgumentSet(JsonElement schema, IEnumerable<KeyValuePair<string, JsonElement>>? written)
{
    private readonly Dictionary<string, JsonElement> _values = new(written ?? [], StringComparer.Ordinal);
    private readonly List<Violation> _violations = [];

    public IReadOnlyDictionary<string, JsonElement> Values => _values;

    public IReadOnlyList<Violation> Violations => _violations;

    /// <summary>The names that the tool has.</summary>
    public IReadOnlyList<string> Known { get; } = [.. schema.GetProperty("properties").EnumerateObject().Select(property => property.Name)];

    /// <summary>The names that every call must have.</summary>
    public IReadOnlyList<string> Required { get; } = schema.TryGetProperty("required", out var names) ? [.. names.EnumerateArray().Select(name => name.GetString()!)] : [];

    public bool Knows(string name) => Known.Contains(name, StringComparer.Ordinal);

    /// <summary>Whether the items of that list are objects.</summary>
    public bool TakesObjects(string name) =>
        Knows(name) && schema.GetProperty("properties").GetProperty(name).TryGetProperty("items", out var items) && items.GetProperty("type").ValueEquals("object");

    /// <summary>What the objects of that list may have.</summary>
    public JsonElement GetItemProperties(string name) => schema.GetProperty("properties").GetProperty(name).GetProperty("items").GetProperty("properties");

    /// <summary>Whether a value was written; null is none.</summary>
    public bool Has(string name) => _values.TryGetValue(name, out var value) && value.ValueKind is not JsonValueKind.Null;

    public JsonElement? Find(string name) => Has(name) ? _values[name] : null;

    public string? FindText(string name) => Find(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public void Set(string name, JsonNode value) => _values[name] = value.ToElement();

    public void Rename(string from, string to)
    {
        _values[to] = _values[from];
        _values.Remove(from);
    }

    public void Remove(string name) => _values.Remove(name);

    public void Add(Violation violation) => _violations.Add(violation);

    /// <summary>Takes an argument out of what is bound, and says what to write instead.</summary>
    public void Refuse(string name, string expected, string received, string? nearest, params IReadOnlyList<Repair> repairs)
    {
        _values.Remove(name);
        _violations.Add(new Violation(SchemaDescriptions.QuoteName(name), expected, received, nearest) { Repairs = repairs });
    }
}
