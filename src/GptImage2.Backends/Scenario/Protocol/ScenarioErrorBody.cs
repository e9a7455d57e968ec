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
    public static ScenarioErrorBody Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return From(JsonElement.Parse(body));
        }
        catch (JsonException)
        {
            return new ScenarioErrorBody(null, null, null, null, null, null, null);
        }
    }

    public static ScenarioErrorBody From(JsonElement root)
    {
        var details = GetMember(root, "details") ?? GetMember(root, "infos") ?? root;
        return new ScenarioErrorBody(
            GetText(root, "reason") ?? GetText(root, "message") ?? GetText(root, "error") ?? GetText(root, "detail"),
            GetText(root, "name"),
            GetText(root, "code"),
            GetText(root, "requiredPlan") ?? GetText(details, "requiredPlan"),
            (GetText(root, "remainingSeconds") ?? GetText(details, "remainingSeconds")) is { } text
                && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : null,
            GetText(details, "actionLimit"),
            GetText(root, "trace_id") ?? GetText(root, "traceId"));
    }
}
