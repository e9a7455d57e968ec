using GptImage2.Backends.Scenario.Protocol;

namespace GptImage2.Backends.Scenario.Uploads;

/// <summary>Words for what can go wrong with an image on its way. Nothing has been started then, and nothing is billed.</summary>
internal sealed class UploadErrors(ScenarioOptions options)
{
    public static Failure InputUnreadable(string argument) => Create(
        FailureCode.StorageFailed,
        $"{argument}: the image file was removed or changed, or could not be read, while it was being sent. Nothing was drawn or billed. Call again with an image that stays where it is.",
        RetryAdvice.Same) with
    { Argument = argument };

    /// <summary>Scenario does not take it.</summary>
    /// <param name="text">Why, in its own words or in ours; null where nothing is known.</param>
    public Failure Refused(string? text) => Create(
        FailureCode.ServiceFailed, $"Scenario did not take an image of the request{(options.Quote(text) is { } quote ? $": {quote}" : ".")} Nothing was drawn or billed.", RetryAdvice.Same);

    public Failure Interrupted() => Create(
        FailureCode.ServiceUnreachable,
        $"The connection was interrupted or stalled while an image was on its way to Scenario ({options.BaseUrl.Authority}). Nothing was drawn or billed; call again once the network works.",
        RetryAdvice.Later);

    private static Failure Create(FailureCode code, string message, RetryAdvice retry) => new() { Code = code, Message = message, Retry = retry };
}
