using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Testing.Scenario.Jobs;

/// <summary>One input of a model, as its schema has it.</summary>
internal sealed record InputField(string Name, string Type)
{
    public bool IsRequired { get; init; }

    public (int Least, int Most, int Step)? Range { get; init; }

    public JsonNode? Default { get; init; }

    public string[]? AllowedValues { get; init; }

    /// <summary>Of a text or of a list.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The input that must be there where this one is.</summary>
    public string? Needs { get; init; }

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["name"] = Name, ["type"] = Type, ["label"] = Name, ["costImpact"] = Range is not null };
        Add("required", IsRequired ? new JsonObject { ["always"] = true } : Needs is { } other ? new JsonObject { ["ifDefined"] = new JsonObject { [other] = new JsonObject() } } : null);
        Add("min", Range?.Least);
        Add("max", Range?.Most);
        Add("step", Range?.Step);
        Add("default", Default?.DeepClone());
        Add("allowedValues", AllowedValues is null ? null : new JsonArray([.. AllowedValues.Select(value => (JsonNode)value)]));
        Add("maxLength", MaxLength);
        return json;

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }
    }

    /// <exception cref="ScenarioRefusalException">The value is not one that it takes.</exception>
    public void Check(JsonElement value)
    {
        var fits = (Type, value.ValueKind) switch
        {
            ("string" or "file", JsonValueKind.String) => CheckText(value.GetString()!),
            ("number", JsonValueKind.Number) => Range is not { } range || (value.TryGetInt32(out var number) && number >= range.Least && number <= range.Most && (number - range.Least) % range.Step == 0),
            ("file_array", JsonValueKind.Array) => value.GetArrayLength() <= MaxLength && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String),

            ("boolean", JsonValueKind.True or JsonValueKind.False) => true,

            // Dropped without a word (measured by others, 2026).
            ("file_array", JsonValueKind.String) => true,
            _ => false,
        };
        if (!fits)
        {
            throw ScenarioRefusalException.Reason(400, $"Invalid value for input {Name}");
        }
    }

    private bool CheckText(string text) => (AllowedValues is null || AllowedValues.Contains(text)) && (MaxLength is null || text.EnumerateRunes().Count() <= MaxLength);
}
