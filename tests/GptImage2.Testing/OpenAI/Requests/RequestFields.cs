namespace GptImage2.Testing.OpenAI.Requests;

/// <summary>The members of a request body, by name and type. Null counts as absent, as the description says.</summary>
internal sealed class RequestFields(JsonElement body)
{
    public void RejectOthers(string[] names)
    {
        foreach (var name in body.EnumerateObject().Select(member => member.Name).Except(names))
        {
            throw new ApiErrorException(name is "input_fidelity"
                ? new(400, "The model 'gpt-image-2' does not support the 'input_fidelity' parameter.", Param: name, Code: "invalid_input_fidelity_model")
                : new(400, $"Unknown parameter: '{name}'.", Param: name, Code: "unknown_parameter"));
        }
    }

    public bool Has(string name) => Find(name) is not null;

    public string? GetText(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw WrongType(name, "a string"),
    };

    public bool? GetFlag(string name) => Find(name)?.ValueKind switch
    {
        null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw WrongType(name, "a boolean"),
    };

    public int? GetNumber(string name, int least, int most) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) => number >= least && number <= most
            ? number
            : throw new ApiErrorException(ApiError.InvalidValue(name, $"Invalid '{name}': expected an integer from {least} to {most}, but got {number} instead.")),
        _ => throw WrongType(name, "an integer"),
    };

    public string? GetChoice(string name, string[] values) => GetText(name) is not { } value ? null : values.Contains(value)
        ? value
        : throw new ApiErrorException(ApiError.InvalidValue(name, $"Invalid value: '{value}'. Supported values are: {string.Join(", ", values.Select(v => $"'{v}'"))}."));

    private JsonElement? Find(string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    private static ApiErrorException WrongType(string name, string expected) =>
        new(new(400, $"Invalid type for '{name}': expected {expected}.", "image_generation_user_error", name, "invalid_type"));
}
