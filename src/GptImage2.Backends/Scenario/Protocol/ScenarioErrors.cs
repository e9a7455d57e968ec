using GptImage2.Backends.Http;

namespace GptImage2.Backends.Scenario.Protocol;

/// <summary>Which failure an error of Scenario's is, and words for it: what happened, whether it was billed, and what to do.</summary>
internal sealed partial class ScenarioErrors(ScenarioOptions options)
{
    private const string Variables = "SCENARIO_SDK_API_KEY and SCENARIO_SDK_API_SECRET";

    /// <summary>Longer than any wait of ours: the same again at once is refused again, until a job of the team ends.</summary>
    private static readonly TimeSpan UntilAJobEnds = TimeSpan.FromMinutes(2);

    /// <param name="doubtful">Whether the request may have begun to run, so that a failure of the service may be billed.</param>
    /// <param name="gateway">Whether the gateway in front of the service has refused, before it was asked.</param>
    public Failure Map(int status, ScenarioErrorBody error, bool doubtful, bool gateway, TimeSpan? retryAfter)
    {
        var failure = status switch
        {
            _ when error.Text is { } text && Moderation.IsMatch(text) && status is >= 400 and < 500 => ContentRejected(text, output: false, Billing.No),
            401 => AccessDenied($"Scenario does not accept the credentials{Quote(error)} The user must set valid {Variables} for this server and restart it. Not billed."),
            402 => OutOfMoney(error),
            403 when error.RequiredPlan is not null || error.Name is "ModelAccessRestrictedError" => AccessDenied(
                $"Scenario allows {options.Model} only on {(error.RequiredPlan is { } plan ? $"the plan {plan} or above" : "a higher plan")}. The user can change plans, or set GPTIMAGE2_MODEL to another model. Not billed."),
            403 when gateway => AccessDenied(options.Token is null
                ? $"Scenario does not accept the credentials. The user must check {Variables} and restart this server. Not billed."
                : "Scenario does not accept the bearer token; its own tokens live for about a minute. The user should use an API key instead. Not billed."),
            403 => AccessDenied(options.ProjectId is { } project
                ? $"Scenario refused access to the project {project}{Quote(error)} The user must check SCENARIO_PROJECT_ID and the key. Not billed."
                : $"Scenario refused access{Quote(error)} The user must check the key's permissions. Not billed."),
            404 => Create(FailureCode.ModelNotFound, $"Scenario does not know {options.Model}, or an image that was uploaded to it{Quote(error)} The user can check GPTIMAGE2_MODEL and SCENARIO_BASE_URL. Not billed."),
            429 => RateLimited(error, retryAfter),
            400 or 413 or 415 or 422 => Rejected(error),
            >= 300 and < 400 => Create(FailureCode.ServiceFailed, $"Scenario responded with a redirect (HTTP {status}), which is not followed, to keep the key where it belongs. The user must check SCENARIO_BASE_URL. Not billed."),
            > 400 and < 500 and not 408 => Create(FailureCode.ServiceFailed, $"Scenario declined the request with HTTP {status}{Quote(error)} Not billed."),
            _ => Create(
                FailureCode.ServiceFailed,
                $"Scenario failed with HTTP {status}{Quote(error)} {(doubtful ? "Whether it was billed is unknown; calling again later may be billed again." : "Not billed; call again later.")}",
                RetryAdvice.Later,
                doubtful ? Billing.Unknown : Billing.No),
        };
        return WithRequestId(failure, error.TraceId);
    }

    public static Failure MalformedCredentials() => AccessDenied(
        $"{Variables} are empty or have characters that no key has. The user must correct them and restart this server. Nothing was sent.");

    /// <summary>A job has ended without images.</summary>
    /// <param name="text">Scenario's own words.</param>
    /// <param name="jobId">For Scenario's support.</param>
    public Failure JobFailed(string? text, string jobId, Billing billed)
    {
        var cost = billed switch
        {
            Billing.No => "Not billed.",
            Billing.Yes => "Scenario bills it all the same.",
            _ => "Whether it was billed is unknown.",
        };
        var failure = text is not null && Moderation.IsMatch(text)
            ? ContentRejected(text, output: true, billed)
            : Create(FailureCode.ServiceFailed, $"Scenario could not make it{ServiceMessageSanitizer.QuoteAfterColon(text, options.MostSecret)} {cost} Calling again may help.", RetryAdvice.Same, billed);
        return WithRequestId(failure, jobId);
    }

    public static Failure JobCancelled(string jobId) => WithRequestId(
        Create(FailureCode.Cancelled, "The job was cancelled at Scenario. Whether it was billed is unknown.", RetryAdvice.Same, Billing.Unknown), jobId);

    public Failure Unreachable(HttpRequestError error, bool doubtful) => doubtful
        ? Create(FailureCode.AnswerLost, "The connection to Scenario was interrupted before it answered.", RetryAdvice.Same, Billing.Unknown)
        : Create(
            FailureCode.ServiceUnreachable,
            error is HttpRequestError.NameResolutionError
                ? $"The name {options.BaseUrl.Authority} cannot be resolved: there is no network, or SCENARIO_BASE_URL is wrong. Nothing was billed; call again once the network works."
                : $"{options.BaseUrl.Authority} cannot be reached from this machine. Nothing was billed; call again once the network works.",
            RetryAdvice.Later);

    /// <summary>No job of this request was found, and none can be excluded.</summary>
    public static Failure RunLost() => Create(
        FailureCode.AnswerLost,
        "The answer of Scenario to the request was lost, and no job of it is in the project's list. It may have been billed; the user can look at the project's jobs. Calling again may be billed again.",
        RetryAdvice.Same,
        Billing.Unknown);

    public static Failure StillRunning(string jobId, TimeSpan waited) => WithRequestId(
        Create(FailureCode.AnswerLost, $"Scenario has not finished the job within {waited.TotalMinutes:0} minutes. It may still do so, and bills it; the images are then in the project.", RetryAdvice.Same, Billing.Unknown), jobId);

    public static Failure ImagesMissing(int stored, int asked, string jobId) => WithRequestId(
        Create(
            FailureCode.AnswerLost,
            stored is 0 ? "Scenario's job ended without an image, and was billed." : $"Scenario made {stored} of {asked} images. Those are saved; the job was billed.",
            RetryAdvice.Same,
            Billing.Yes),
        jobId);

    /// <summary>An image was drawn and cannot be fetched.</summary>
    public static Failure DownloadFailed(string assetId, string jobId, string how) => WithRequestId(
        Create(FailureCode.AnswerLost, $"The image {assetId} was drawn and billed, but could not be downloaded from Scenario: {how}. It is in the user's project there.", RetryAdvice.Same, Billing.Yes), jobId);

    public static Failure Malformed(MalformedResponseException broken, bool doubtful) => Create(
        FailureCode.AnswerLost, $"Scenario's response {broken.Message}.", RetryAdvice.Same, doubtful ? Billing.Unknown : Billing.No);

    public static Failure InputUnreadable(string argument) => Create(
        FailureCode.StorageFailed, $"{argument}: the image file was removed or changed, or could not be read, while it was being sent. Nothing was drawn or billed. Call again with an image that stays where it is.", RetryAdvice.Same) with { Argument = argument };

    public Failure UploadFailed(string? text) => Create(
        FailureCode.ServiceFailed, $"Scenario did not take an image of the request{ServiceMessageSanitizer.QuoteAfterColon(text, options.MostSecret)} Nothing was drawn or billed.", RetryAdvice.Same);

    private Failure OutOfMoney(ScenarioErrorBody error) => Create(FailureCode.OutOfMoney, $"The Scenario account has no creative units left{Quote(error)} The user can add some and then call again. Not billed.");

    private Failure RateLimited(ScenarioErrorBody error, TimeSpan? retryAfter)
    {
        var wait = error.RemainingSeconds ?? retryAfter ?? (error.ConcurrencyLimit is null ? null : UntilAJobEnds);
        var what = error.ConcurrencyLimit is { } limit
            ? $"Scenario runs at most {ServiceMessageSanitizer.Quote(limit, options.MostSecret)?.TrimEnd('.')} such jobs of the team at once. Wait until one has ended, then call again."
            : $"Scenario's rate limit is reached. {(wait is { } time ? $"Wait {Math.Max(1, Math.Ceiling(time.TotalSeconds)):0} s" : "Wait a minute")}, then call again.";
        return Create(FailureCode.RateLimited, $"{what} Not billed.", RetryAdvice.Later) with { RetryAfter = wait };
    }

    private Failure Rejected(ScenarioErrorBody error) => error.Code is "QUOTA_EXCEEDED" ? OutOfMoney(error) : Create(
        FailureCode.InvalidRequest, $"Scenario rejected the request{Quote(error)} Change the arguments and call again. Not billed.", RetryAdvice.Changed)
        with { Argument = error.Text is { } text ? FindArgument(text) : null };

    /// <summary>The tools' argument that a text of Scenario's names.</summary>
    private static string? FindArgument(string text) => text switch
    {
        _ when text.Contains("background", StringComparison.OrdinalIgnoreCase) => "background",
        _ when text.Contains("quality", StringComparison.OrdinalIgnoreCase) => "quality",
        _ when text.Contains("numOutputs", StringComparison.OrdinalIgnoreCase) => "count",
        _ when text.Contains("width", StringComparison.OrdinalIgnoreCase) || text.Contains("height", StringComparison.OrdinalIgnoreCase) => "width and height",
        _ when text.Contains("prompt", StringComparison.OrdinalIgnoreCase) => "prompt",
        _ => null,
    };

    private Failure ContentRejected(string text, bool output, Billing billed) => Create(
        FailureCode.ContentRejected,
        $"The safety system refused {(output ? "what was drawn, or the request" : "the prompt or an image given with it")}{ServiceMessageSanitizer.QuoteAfterColon(text, options.MostSecret)} "
            + $"Change the prompt or the images; the same will rarely pass. {(billed is Billing.No ? "Not billed." : billed is Billing.Yes ? "Scenario bills it all the same." : "Whether it was billed is unknown.")}",
        RetryAdvice.Changed,
        billed) with { OutputBlocked = output, Argument = "prompt" };

    private string Quote(ScenarioErrorBody error) => ServiceMessageSanitizer.QuoteAfterColon(error.Text, options.MostSecret);

    private static Failure WithRequestId(Failure failure, string? id) =>
        id is null ? failure : failure with { RequestId = id, Message = $"{failure.Message} Request id: {id}" };

    private static Failure AccessDenied(string message) => Create(FailureCode.AccessDenied, message);

    private static Failure Create(FailureCode code, string message, RetryAdvice retry = RetryAdvice.No, Billing billed = Billing.No) =>
        new() { Code = code, Message = message, Retry = retry, Billed = billed };

    /// <summary>No code says so; these words occur in the refusals of safety systems and in no other error seen.</summary>
    [GeneratedRegex(@"safety system|moderat|content[ _-]policy|nsfw|flagged", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Moderation { get; }
}
