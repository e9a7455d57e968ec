using System.Net;
using GptImage2.Backends.Http;

namespace GptImage2.Extensions.AI.Backend;

/// <summary>
/// What an exception of a generator means. Once it was called, only a status of 4xx shows that nothing was drawn: whatever else went wrong,
/// the generator or something around it may have sent the request, even several times.
/// </summary>
internal sealed partial class GeneratorErrors(GeneratorBackendOptions options)
{
    private const string MayBeBilled = "Whether it was billed is unknown; calling again may be billed again.";

    /// <summary>Types of clients that this project does not know, whose texts begin with the status.</summary>
    private static readonly string[] ClientExceptions = ["ClientResultException", "RequestFailedException"];

    private static readonly Secret NoSecret = new("");

    private string Name => options.Name;

    public Failure Map(Exception exception) => FindStatus(exception) is { } status ? MapStatus((int)status, exception.Message) : exception switch
    {
        TimeoutException or OperationCanceledException => Create(
            FailureCode.AnswerLost, $"{Name} gave up waiting for the images. {MayBeBilled}", RetryAdvice.Same, Billing.Unknown),
        _ => Create(FailureCode.ServiceFailed, $"{Name} failed{Quote(exception.Message)} {MayBeBilled}", RetryAdvice.Same, Billing.Unknown),
    };

    /// <summary>The response has fewer images than were asked for.</summary>
    /// <param name="text">What it says instead, or null.</param>
    public Failure ImagesMissing(int received, int count, string? text) => Create(
        received is 0 ? FailureCode.ServiceFailed : FailureCode.AnswerLost,
        $"{Name} returned {(received is 0 ? "no image" : $"{received} of {count} images")}{Quote(text)} {MayBeBilled}",
        RetryAdvice.Same,
        Billing.Unknown);

    /// <summary>The response names an image without having it.</summary>
    public Failure NotAnImage(string kind) => Create(
        FailureCode.AnswerLost, $"{Name} returned an image as {kind}, which cannot be read here. It was drawn, and is billed.", RetryAdvice.No, Billing.Yes);

    public static Failure InputUnreadable(string argument) => Create(
        FailureCode.StorageFailed, $"{argument}: the image file was removed, or could not be read, before it was sent. Nothing was sent. Call again.", RetryAdvice.Same) with
    { Argument = argument };

    private HttpStatusCode? FindStatus(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if ((options.FindStatus?.Invoke(cause) ?? (cause as HttpRequestException)?.StatusCode ?? ReadStatus(cause)) is { } status)
            {
                return status;
            }
        }

        return null;
    }

    private static HttpStatusCode? ReadStatus(Exception exception) =>
        ClientExceptions.Contains(exception.GetType().Name) && StatusPattern.Match(exception.Message) is { Success: true } match
            ? (HttpStatusCode)int.Parse(match.Groups[1].ValueSpan)
            : null;

    private Failure MapStatus(int status, string message)
    {
        var quote = Quote(message);
        return status switch
        {
            408 or < 400 or >= 500 => Create(FailureCode.ServiceFailed, $"{Name} failed with HTTP {status}{quote} {MayBeBilled}", RetryAdvice.Later, Billing.Unknown),
            401 or 403 => Create(FailureCode.AccessDenied, $"{Name} does not accept the credentials of its generator, or does not allow them this{quote} Not billed."),
            402 => Create(FailureCode.OutOfMoney, $"The account of {Name} has no credit left{quote} Not billed."),
            429 when message.Contains("quota", StringComparison.OrdinalIgnoreCase) => Create(FailureCode.OutOfMoney, $"The account of {Name} has no credit left{quote} Not billed."),
            429 => Create(FailureCode.RateLimited, $"The rate limit of {Name} is reached{quote} Wait a minute, then call again. Not billed.", RetryAdvice.Later),
            404 => Create(FailureCode.ModelNotFound, $"{Name} does not know {options.Profile.Model}, or not at that address{quote} Not billed."),
            _ when ModerationPattern.IsMatch(message) => Create(
                FailureCode.ContentRejected, $"The safety system of {Name} refused the prompt or an image{quote} Change them; the same will rarely pass. Not billed.", RetryAdvice.Changed) with
            { Argument = "prompt" },
            _ => Create(FailureCode.InvalidRequest, $"{Name} rejected the request with HTTP {status}{quote} Change it and call again. Not billed.", RetryAdvice.Changed),
        };
    }

    private static string Quote(string? text) => ServiceMessageSanitizer.QuoteAfterColon(text, NoSecret);

    private static Failure Create(FailureCode code, string message, RetryAdvice retry = RetryAdvice.No, Billing billed = Billing.No) =>
        new() { Code = code, Message = message, Retry = retry, Billed = billed };

    /// <summary>"HTTP 400 (type: code)" in OpenAI's client, a line "Status: 400 (Bad Request)" in Azure's.</summary>
    [GeneratedRegex(@"^(?:HTTP|Status:) ([1-5][0-9]{2})\b", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex StatusPattern { get; }

    [GeneratedRegex(@"safety system|moderat|content[ _-]?(?:policy|filter)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ModerationPattern { get; }
}
