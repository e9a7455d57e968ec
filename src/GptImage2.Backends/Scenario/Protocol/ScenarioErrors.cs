using GptImage2.Backends.Http;
using GptImage2.Backends.Scenario.Models;

namespace GptImage2.Backends.Scenario.Protocol;

/// <summary>
/// Which failure an answer of Scenario's is, or none at all, and words for it: what happened, what to do, and whether it was billed. The statuses and
/// bodies are those of Scenario's own plugins and of its documentation (2026-08); what is not seen there is judged by its status.
/// </summary>
/// <param name="stage">What the request that failed can have cost.</param>
/// <param name="model">Whose the request was, where it was not the one that draws.</param>
internal sealed partial class ScenarioErrors(ScenarioOptions options, RequestStage stage, string? model = null)
{
    private const string Variables = "SCENARIO_SDK_API_KEY and SCENARIO_SDK_API_SECRET";

    /// <summary>Longer than any wait of ours: the same again at once is refused again, until a job of the team ends.</summary>
    private static readonly TimeSpan UntilAJobEnds = TimeSpan.FromMinutes(2);

    private readonly string _model = model ?? options.Model;
    private readonly string _setting = model is null || ScenarioRemovers.FindProfile(model) is null ? "GPTIMAGE2_MODEL" : "GPTIMAGE2_SCENARIO__REMOVER";

    /// <param name="gateway">Whether the gateway in front of the service has refused, before it was asked.</param>
    public Failure Map(int status, ScenarioErrorBody error, bool gateway, TimeSpan? retryAfter)
    {
        var failure = status switch
        {
            >= 400 and < 500 when error.Text is { } text && IsModeration(text) => ContentRejected(error),
            401 => AccessDenied($"Scenario does not accept the credentials{Quote(error)} The user must set valid {Variables} for this server and restart it."),
            402 => OutOfMoney(error),
            403 => Forbidden(error, gateway),
            404 when stage is RequestStage.After => Create(FailureCode.NotFound, $"Scenario does not know the job{Quote(error)} The user can check SCENARIO_PROJECT_ID and SCENARIO_BASE_URL."),
            404 => Create(FailureCode.ModelNotFound, $"Scenario does not know {_model}, or what else was asked for{Quote(error)} The user can check {_setting} and SCENARIO_BASE_URL."),
            429 => RateLimited(error, retryAfter),
            400 or 413 or 415 or 422 => Rejected(error),
            >= 300 and < 400 => Create(FailureCode.ServiceFailed, $"Scenario responded with a redirect (HTTP {status}), which is not followed, to keep the key where it belongs. The user must check SCENARIO_BASE_URL."),
            > 400 and < 500 and not 408 => Create(FailureCode.ServiceFailed, $"Scenario declined the request with HTTP {status}{Quote(error)}"),
            _ => Create(FailureCode.ServiceFailed, $"Scenario failed with HTTP {status}{Quote(error)}", RetryAdvice.Later) with { Billed = stage is RequestStage.Run ? Billing.Unknown : Billing.No },
        };
        return Close(failure, error.TraceId);
    }

    public static Failure MalformedCredentials() => AccessDenied(
        $"{Variables} are empty or have characters that no key has. The user must correct them and restart this server. Nothing was sent.");

    /// <summary>There was no answer.</summary>
    /// <param name="sent">Whether all of the request had left, or may have.</param>
    public Failure Unreachable(HttpRequestError error, bool sent) => Close(stage is RequestStage.Run && sent
        ? Create(FailureCode.AnswerLost, "The connection to Scenario was interrupted before it answered.", RetryAdvice.Same) with { Billed = Billing.Unknown }
        : Create(
            FailureCode.ServiceUnreachable,
            error is HttpRequestError.NameResolutionError
                ? $"The name {options.BaseUrl.Authority} cannot be resolved: there is no network, or SCENARIO_BASE_URL is wrong. Call again once the network works."
                : $"{options.BaseUrl.Authority} cannot be reached from this machine, or does not answer. Call again once the network works.",
            RetryAdvice.Later));

    /// <summary>The answer cannot be understood.</summary>
    public Failure Malformed(MalformedResponseException broken) => Close(
        Create(FailureCode.AnswerLost, $"Scenario's response {broken.Message}.", RetryAdvice.Same) with { Billed = stage is RequestStage.Run ? Billing.Unknown : Billing.No });

    /// <summary>Whether a text is a refusal of a safety system. No code says so; these words occur in such refusals, and in no other error seen.</summary>
    public static bool IsModeration(string text) => Moderation.IsMatch(text);

    /// <summary>Names the service's own id of a request or a job, for its support.</summary>
    public static Failure WithRequestId(Failure failure, string? id) =>
        id is null ? failure : failure with { RequestId = id, Message = $"{failure.Message} Request id: {id}" };

    private Failure Forbidden(ScenarioErrorBody error, bool gateway)
    {
        if (error.RequiredPlan is not null || error.Name is "ModelAccessRestrictedError")
        {
            var plan = error.RequiredPlan is { } named ? $"the plan {options.Quote(named)?.TrimEnd('.')} or above" : "a higher plan";
            return AccessDenied($"Scenario allows {_model} only on {plan}. The user can change plans, or set {_setting} to another model.");
        }

        return AccessDenied((gateway, options) switch
        {
            (true, { Token: null }) => $"Scenario does not accept the credentials. The user must check {Variables} and restart this server.",
            (true, _) => "Scenario does not accept the bearer token; its own tokens live for about a minute. The user should use an API key instead.",
            (_, { ProjectId: { } project }) => $"Scenario refused access to the project {project}{Quote(error)} The user must check SCENARIO_PROJECT_ID and the key.",
            _ => $"Scenario refused access{Quote(error)} The user must check the key's permissions.",
        });
    }

    private Failure OutOfMoney(ScenarioErrorBody error) => Create(FailureCode.OutOfMoney, $"The Scenario account has no creative units left{Quote(error)} The user can add some and then call again.");

    private Failure RateLimited(ScenarioErrorBody error, TimeSpan? retryAfter)
    {
        var wait = error.RemainingSeconds ?? retryAfter ?? (error.ConcurrencyLimit is null ? null : UntilAJobEnds);
        var what = error.ConcurrencyLimit is { } limit
            ? $"Scenario runs at most {options.Quote(limit)?.TrimEnd('.')} such jobs of the team at once. Wait until one has ended, then call again."
            : $"Scenario's rate limit is reached. {(wait is { } time ? $"Wait {Math.Max(1, Math.Ceiling(time.TotalSeconds)):0} s" : "Wait a minute")}, then call again.";
        return Create(FailureCode.RateLimited, what, RetryAdvice.Later) with { RetryAfter = wait };
    }

    private Failure Rejected(ScenarioErrorBody error) => error.Code is "QUOTA_EXCEEDED"
        ? OutOfMoney(error)
        : Create(FailureCode.InvalidRequest, $"Scenario rejected the request{Quote(error)} Change the arguments and call again.", RetryAdvice.Changed) with { Argument = error.FindArgument() };

    private Failure ContentRejected(ScenarioErrorBody error) => Create(
        FailureCode.ContentRejected,
        $"The safety system refused the prompt or an image given with it{Quote(error)} Change the prompt or the images; the same will rarely pass.",
        RetryAdvice.Changed) with
    { Argument = "prompt" };

    /// <summary>Ends the text with what it cost, unless that is told by whoever asks about a job.</summary>
    private Failure Close(Failure failure, string? traceId = null) => WithRequestId(
        stage is RequestStage.After ? failure with { Billed = Billing.Unknown }
        : failure.Billed is Billing.No ? failure with { Message = $"{failure.Message} Not billed." }
        : failure with { Message = $"{failure.Message} Whether it was billed is unknown; calling again may be billed again." },
        traceId);

    private string Quote(ScenarioErrorBody error) => options.Quote(error.Text) is { } quote ? $": {quote}" : ".";

    private static Failure AccessDenied(string message) => Create(FailureCode.AccessDenied, message);

    private static Failure Create(FailureCode code, string message, RetryAdvice retry = RetryAdvice.No) => new() { Code = code, Message = message, Retry = retry };

    [GeneratedRegex(@"safety system|moderat|content[ _-]policy|nsfw|flagged", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Moderation { get; }
}
