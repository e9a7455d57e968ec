namespace GptImage2.Extensions.AI.Generator;

/// <summary>Options that have a name and no property. One that is there and cannot be read is a mistake, and never passed over.</summary>
internal sealed class NamedOptions(AdditionalPropertiesDictionary? properties)
{
    /// <exception cref="InvalidRequestException">The value has another type.</exception>
    public T? Find<T>(string name, string expected) => Find(name) switch
    {
        null => default,
        T value => value,
        var other => throw CreateError(name, expected, other),
    };

    /// <exception cref="InvalidRequestException">The value is none of the names.</exception>
    public T? FindEnum<T>(string name)
        where T : struct, Enum => Find(name) switch
        {
            null => null,
            T value => value,
            string text when Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) => value,
            var other => throw CreateError(name, $"one of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}", other),
        };

    private object? Find(string name) => properties?.TryGetValue(name, out var value) is true ? value : null;

    private static InvalidRequestException CreateError(string name, string expected, object received) =>
        new([new Violation(name, expected, Violation.Quote(received as string ?? received.GetType().Name))]);
}
