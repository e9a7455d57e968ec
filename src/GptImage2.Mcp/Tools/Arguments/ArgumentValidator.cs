using System.Text.Encodings.Web;
using System.Text.Json.Serialization.Metadata;

namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>
/// Holds the arguments of a call to the schema that its tool advertises. The SDK publishes that schema but does not
/// enforce it. What can only mean one thing is corrected silently; everything else is refused, all of it at once.
/// </summary>
internal sealed class ArgumentValidator : IDisposable
{
    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly List<Violation> _violations = [];
    private readonly Utf8JsonWriter _writer;

    private ArgumentValidator() => _writer = new Utf8JsonWriter(_json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static ArgumentValidationResult Validate(JsonElement schema, IEnumerable<KeyValuePair<string, JsonElement>>? arguments)
    {
        using var validator = new ArgumentValidator();
        var bound = validator.WriteObject(schema, arguments ?? [], "");
        validator._writer.Flush();
        return new ArgumentValidationResult(validator._json.WrittenMemory, bound, validator._violations);
    }

    public void Dispose() => _writer.Dispose();

    /// <returns>The names of the members that can be bound.</returns>
    private HashSet<string> WriteObject(JsonElement schema, IEnumerable<KeyValuePair<string, JsonElement>> members, string path)
    {
        var properties = schema.GetProperty("properties");
        var bound = new HashSet<string>(StringComparer.Ordinal);
        _writer.WriteStartObject();
        foreach (var (name, written) in members)
        {
            if (!properties.TryGetProperty(name, out var rule))
            {
                AddUnknown(properties, members, path, name, written);
            }
            else if (written.ValueKind is not JsonValueKind.Null && CheckValue(rule, written, path + name) is { } value)
            {
                _writer.WritePropertyName(name);
                WriteValue(rule, value, path + name);
                bound.Add(name);
            }
        }

        _writer.WriteEndObject();
        foreach (var name in GetRequiredNames(schema).Where(name => !bound.Contains(name) && !_violations.Exists(violation => violation.Argument == path + name)))
        {
            _violations.Add(new Violation(path + name, SchemaDescriptions.Describe(properties.GetProperty(name)), "nothing"));
        }

        return bound;
    }

    private void AddUnknown(JsonElement properties, IEnumerable<KeyValuePair<string, JsonElement>> members, string path, string name, JsonElement written)
    {
        var isFirst = !_violations.Exists(violation => violation.Expected.StartsWith("one of ", StringComparison.Ordinal) && violation.Received is "a name that does not exist here");
        _violations.Add(ArgumentSynonyms.Explain(path, name, written, [.. properties.EnumerateObject().Select(property => property.Name)], [.. members.Select(member => member.Key)], isFirst));
    }

    /// <returns>The value to bind, or null when it cannot be bound at all.</returns>
    private JsonElement? CheckValue(JsonElement rule, JsonElement written, string path)
    {
        if (ArgumentCoercion.Coerce(rule, written) is not { } value)
        {
            _violations.Add(new Violation(path, SchemaDescriptions.Describe(rule), SchemaDescriptions.Truncate(written), SchemaDescriptions.WrapInObject(rule, written)) { Repairs = RepairFlag(rule, path) });
            return null;
        }

        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array || SchemaDescriptions.FindNearestLegal(rule, value) is not { } nearest)
        {
            return value;
        }

        _violations.Add(new Violation(path, SchemaDescriptions.Describe(rule), SchemaDescriptions.Truncate(written), nearest.Length is 0 ? null : nearest));

        // A number out of range still tells what was meant, so that rules across arguments can give the nearest size.
        return rule.TryGetProperty("enum", out _) ? null : value;
    }

    /// <summary>Who writes words into a flag wants it set; but nothing is billed, replaced, ended or turned round on such a guess.</summary>
    private static Repair[]? RepairFlag(JsonElement rule, string path) => rule.GetTypeName() is "boolean" or SchemaDescriptions.FlagOrName ? path switch
    {
        "cancel" => [],
        "fresh" or "overwrite" or "invert" => null,
        _ => [new Repair(path, true)],
    }
    : null;

    private void WriteValue(JsonElement rule, JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(rule, value.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)), path + ".");
                break;
            case JsonValueKind.Array:
                WriteArray(rule.GetProperty("items"), value, path);
                break;
            case JsonValueKind.Number when rule.GetTypeName() is "integer":
                _writer.WriteNumberValue(SchemaDescriptions.ToInteger(value));
                break;
            default:
                value.WriteTo(_writer);
                break;
        }
    }

    private void WriteArray(JsonElement rule, JsonElement items, string path)
    {
        _writer.WriteStartArray();
        foreach (var (index, written) in items.EnumerateArray().Index())
        {
            if (CheckValue(rule, written, $"{path}[{index}]") is { } value)
            {
                WriteValue(rule, value, $"{path}[{index}]");
            }
            else
            {
                WritePlaceholder(rule);
            }
        }

        _writer.WriteEndArray();
    }

    /// <summary>Stands for an item that cannot be read, so that those after it keep their places.</summary>
    private void WritePlaceholder(JsonElement rule) => _writer.WriteRawValue(rule.GetTypeName() switch
    {
        "string" when rule.TryGetProperty("enum", out var names) => names[0].GetRawText(),
        "object" => "{}",
        "array" => "[]",
        "boolean" => "false",
        "integer" or "number" => "0",
        _ => "\"\"",
    });

    private static IEnumerable<string> GetRequiredNames(JsonElement schema) =>
        schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
}

/// <summary>Arguments as they will be bound, and what is wrong with them.</summary>
/// <param name="Json">A JSON object in UTF-8 that fits the tool's record; arguments that could not be understood are left out.</param>
/// <param name="Bound">The names of those that could.</param>
internal sealed record ArgumentValidationResult(ReadOnlyMemory<byte> Json, IReadOnlySet<string> Bound, IReadOnlyList<Violation> Violations)
{
    public TArguments Parse<TArguments>(JsonTypeInfo<TArguments> type) => JsonSerializer.Deserialize(Json.Span, type)!;

    public bool IsInvalid(string argument) => Violations.Any(violation => violation.Argument == argument);

    /// <summary>The same violation with the value as the caller wrote it: a number out of range may have been clamped to be read.</summary>
    public Violation WithOriginalValue(Violation violation) =>
        Violations.FirstOrDefault(other => other.Argument == violation.Argument && other.Nearest is not null) is { Received: var written }
            ? violation with { Received = written }
            : violation;
}
