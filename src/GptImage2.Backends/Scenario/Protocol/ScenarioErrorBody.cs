using static GptImage2.Backends.Http.LenientJson;

namespace GptImage2.Backends.Scenario.Protocol;

/// <summary>An error as Scenario words it; what is missing is null. The members are read in the order in which its own plugins read them.</summary>
/// <param name="Name">A class of error, such as ModelAccessRestrictedError.</param>
/// <param name="RequiredPlan">The plan that the model needs.</param>
/// <param name="RemainingSeconds">How long a rate limit lasts.</param>
/// <param name="ConcurrencyLimit">How many jobs of the kind may run at once, where that is what was exceeded.</param>
/// <param name="TraceId">For Scenario's support.</param>
internal sealed record ScenarioErrorBody(string? Text, string? Name, string? Code, string? RequiredPlan, TimeSpan? RemainingSeconds, string? ConcurrencyLimit, string? TraceId)
{
    /// <param name="root">Undefined for a body that was none.</param>
    public static ScenarioErrorBody Read(JsonElement root)
    {
        var details = GetMember(root, "details") ?? GetMember(root, "infos") ?? root;
        return new ScenarioErrorBody(
            GetText(root, "reason") ?? GetText(root, "message") ?? GetText(root, "Message") ?? GetText(root, "error") ?? GetText(GetMember(root, "error") ?? default, "message") ?? GetText(root, "detail"),
            GetText(root, "name"),
            GetText(root, "code"),
            GetText(root, "requiredPlan") ?? GetText(details, "requiredPlan"),
            (GetText(root, "remainingSeconds") ?? GetText(details, "remainingSeconds")) is { } text
                && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : null,
            GetText(details, "actionLimit"),
            GetText(root, "trace_id") ?? GetText(root, "traceId"));
    }

    /// <summary>The tools' argument that the text names, or null.</summary>
    public string? FindArgument() => Text switch
    {
        null => null,
        _ when Names("background") => "background",
        _ when Names("quality") => "quality",
        _ when Names("numOutputs") => "count",
        _ when Names("width") || Names("height") => "width and height",
        _ when Names("prompt") => "prompt",
        _ => null,
    };

    private bool Names(string input) => Text!.Contains(input, StringComparison.OrdinalIgnoreCase);
}
