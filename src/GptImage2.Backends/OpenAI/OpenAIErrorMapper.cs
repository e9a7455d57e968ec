using System.Globalization;
using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Errors;

namespace GptImage2.Backends.OpenAI;

/// <summary>
/// Explains OpenAI's errors. Statuses and codes are those of its API reference, error guide and openai-node 7.57.0,
/// read by 2026-11-22; what is not listed there is judged by its status.
/// </summary>
internal sealed class OpenAIErrorMapper(OpenAIOptions options)
{
    private readonly OpenAIAccountErrors _accountErrors = new(options);
    private readonly OpenAIImageErrors _imageErrors = new(options);

    /// <param name="status">The HTTP status, or 0 for an error that came as an event.</param>
    /// <param name="error">Null when the body was not JSON.</param>
    public Failure Map(int status, ApiErrorBody? error, ImageArgumentNames arguments, string? requestId, TimeSpan? retryAfter)
    {
        var said = error ?? new ApiErrorBody(null, null, null, null);
        var failure = status switch
        {
            _ when IsModerationError(said) => ModerationBlocked(status, said, withPictures: arguments.Count > 0),
            _ when IsBillingError(status, said) => OpenAIAccountErrors.QuotaExceeded(said),
            401 => _accountErrors.InvalidApiKey(said),
            _ when said.Message?.Contains("must be verified", StringComparison.OrdinalIgnoreCase) is true => _accountErrors.OrganizationNotVerified(),
            403 => _accountErrors.PermissionDenied(said),
            404 => _accountErrors.NotFound(said, edits: arguments.Count > 0),
            429 => _accountErrors.RateLimited(said, retryAfter),
            _ when status is 0 && said.Code is "rate_limit_exceeded" or "slow_down" => _accountErrors.RateLimited(said, retryAfter),
            400 or 413 or 415 or 422 => _imageErrors.TryMap(status, said, arguments) ?? RequestRejected(said),
            _ when status is 0 && said.Type is "image_generation_user_error" or "invalid_request_error" => _imageErrors.TryMap(status, said, arguments) ?? RequestRejected(said),
            >= 300 and < 400 => UnexpectedRedirect(status),
            408 or 504 or 524 => GatewayTimeout(status),
            > 400 and < 500 => ClientError(status, said),
            _ => ServerError(status, said),
        };
        return AppendRequestId(failure with { RequestId = requestId });
    }

    /// <summary>Ends a failure's text with the id OpenAI's support asks for.</summary>
    public static Failure AppendRequestId(Failure failure) =>
        failure.RequestId is null ? failure : failure with { Message = $"{failure.Message} Request id: {failure.RequestId}" };

    private static bool IsModerationError(ApiErrorBody said) =>
        said.Code is "moderation_blocked" or "content_policy_violation" or "contentFilter" || said.ModerationStage is not null;

    private static bool IsBillingError(int status, ApiErrorBody said) => status is 402 || said is
    { Type: "insufficient_quota" }
        or { Code: "insufficient_quota" or "credit_balance_exhausted" or "billing_hard_limit_reached" or "billing_not_active" }
        or { Code: "organization_spend_limit_exceeded" or "project_spend_limit_exceeded" or "organization_usage_limit_exceeded" };

    private Failure ModerationBlocked(int status, ApiErrorBody said, bool withPictures)
    {
        var what = said.ModerationStage switch
        {
            "input" => withPictures ? "the prompt or a picture given with it" : "the prompt",
            "output" => "the picture it had drawn",
            _ => "the request",
        };
        var categories = said.Categories is [] ? ParseModerationCategories(said.Message) : string.Join(", ", said.Categories);
        var why = categories is "" ? "" : $" ({ShortenServiceText(categories)})";
        var advice = said.ModerationStage is "output"
            ? "Change the prompt to lead away from that; the same prompt may pass another time, but rarely."
            : withPictures ? "Change the prompt or the pictures; the same will be refused again." : "Change the prompt; the same words will be refused again.";
        // An error status costs nothing; an error in the middle of a stream may come after the drawing.
        var billed = status is 0 && said.ModerationStage is not "input" ? Billing.Unknown : Billing.No;
        return new()
        {
            Code = FailureCode.ContentRejected,
            Message = $"OpenAI's safety system refused {what}{why}. {advice} {(billed is Billing.No ? "Not billed." : "Whether it was billed is unknown.")}",
            Retry = RetryAdvice.Changed,
            Billed = billed,
            Argument = withPictures && said.ModerationStage is not "output" ? null : "prompt",
        };
    }

    /// <summary>Older answers name the categories only in their text: safety_violations=[sexual, violence].</summary>
    private static string ParseModerationCategories(string? message)
    {
        const string Mark = "safety_violations=[";
        var start = message?.IndexOf(Mark, StringComparison.Ordinal) ?? -1;
        var end = start < 0 ? -1 : message!.IndexOf(']', start);
        return end < 0 ? "" : message![(start + Mark.Length)..end];
    }

    private Failure RequestRejected(ApiErrorBody said)
    {
        var argument = MapParameterToArgument(said);
        var what = argument ?? "the request";
        var advice = (argument, said.Param) switch
        {
            ("background", _) => "Use background auto or opaque instead.",
            (null, "stream" or "partial_images") => "The user can set GPTIMAGE2_OPENAI__STREAM=false and restart this server.",
            (null, "image" or "image[]" or "mask") => "This service does not take pictures as OpenAI does; the user must check OPENAI_BASE_URL.",
            (null, _) => "Change the arguments and call again.",
            _ => $"Change {argument} and call again.",
        };
        return new()
        {
            Code = FailureCode.InvalidRequest,
            Message = $"OpenAI refused {what}{QuoteServiceMessage(said)} {advice} Not billed.",
            Retry = RetryAdvice.Changed,
            Argument = argument,
        };
    }

    private static Failure UnexpectedRedirect(int status) => new()
    {
        Code = FailureCode.ServiceFailed,
        Message = string.Create(CultureInfo.InvariantCulture, $"The service answered with a redirect (HTTP {status}), which is not followed so that the key stays where it belongs. The user must check OPENAI_BASE_URL. Not billed."),
    };

    private static Failure GatewayTimeout(int status) => new()
    {
        Code = FailureCode.AnswerLost,
        Message = string.Create(CultureInfo.InvariantCulture, $"OpenAI, or a proxy before it, gave up waiting (HTTP {status}). Whether the picture was drawn and billed is unknown; calling again may be billed again."),
        Retry = RetryAdvice.Same,
        Billed = Billing.Unknown,
    };

    private Failure ClientError(int status, ApiErrorBody said) => new()
    {
        Code = FailureCode.ServiceFailed,
        Message = string.Create(CultureInfo.InvariantCulture, $"OpenAI declined the request with HTTP {status}{QuoteServiceMessage(said)} Whether it was billed is unknown."),
        Billed = Billing.Unknown,
    };

    private Failure ServerError(int status, ApiErrorBody said)
    {
        var which = status is 0 ? "while drawing" : string.Create(CultureInfo.InvariantCulture, $"with HTTP {status}");
        var overloaded = status is 503 || said.Code is "server_is_overloaded" ? "is overloaded and failed" : "failed";
        return new()
        {
            Code = FailureCode.ServiceFailed,
            Message = $"OpenAI {overloaded} {which}{QuoteServiceMessage(said)} Whether it was billed is unknown, so it was not tried again; calling again later may be billed again.",
            Retry = RetryAdvice.Later,
            Billed = Billing.Unknown,
        };
    }

    /// <summary>The tools' name for a parameter of OpenAI's; null for what no caller can change.</summary>
    private static string? MapParameterToArgument(ApiErrorBody said) => said.Param switch
    {
        "size" => "width and height",
        "n" => "count",
        "output_format" => "format",
        "output_compression" => "compression",
        "prompt" or "quality" or "background" => said.Param,
        // Some relays leave out what it is about.
        null when said.Message?.StartsWith("Transparent background", StringComparison.OrdinalIgnoreCase) is true => "background",
        _ => null,
    };

    /// <inheritdoc cref="ServiceMessageSanitizer.QuoteAfterColon"/>
    private string QuoteServiceMessage(ApiErrorBody said) => ServiceMessageSanitizer.QuoteAfterColon(said.Message, options.ApiKey);

    private string ShortenServiceText(string text) => ServiceMessageSanitizer.Quote(text, options.ApiKey)?.TrimEnd('.') ?? "";
}
