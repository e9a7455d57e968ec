using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Protocol;

namespace GptImage2.Backends.OpenAI.Responses;

/// <summary>Which failure an error of the Responses API is, and words for what <see cref="OpenAIErrorTexts"/> has none for. What was ordered is billed, or may be.</summary>
internal sealed partial class ResponsesErrors(OpenAIOptions options, ResponsesOptions responses)
{
    private const string NoList = "OpenAI keeps no list of responses, so it cannot be looked up: it may have been drawn and billed, and calling again may be billed again.";

    private readonly OpenAIErrorMapper _mapper = new(new OpenAIErrorTexts(OpenAIService.Create(options)));
    private readonly OpenAIErrorTexts _texts = new(OpenAIService.Create(options));

    /// <summary>An order was refused, or failed.</summary>
    public Failure MapOrder(int status, ApiErrorBody? body, ImageArgumentNames arguments, string? requestId, TimeSpan? retryAfter)
    {
        var error = body ?? new ApiErrorBody(null, null, null, null);
        return status switch
        {
            400 or 404 when IsTextModelError(error) => WithId(Create(
                FailureCode.ModelNotFound,
                $"OpenAI does not know the text model '{responses.TextModel}', or it cannot call the image tool{Quote(error.Message)} "
                    + "The user can set GPTIMAGE2_OPENAI__TEXTMODEL to another and restart this server. Not billed."), requestId),
            404 when error.Code is not "model_not_found" && error.Message?.Contains("model", StringComparison.OrdinalIgnoreCase) is not true => WithId(Create(
                FailureCode.ServiceFailed,
                $"There is no Responses API at {options.BaseUrl.GetLeftPart(UriPartial.Path)}. The user must check OPENAI_BASE_URL, or set GPTIMAGE2_OPENAI__TRANSPORT=images. Not billed."), requestId),
            _ => _mapper.Map(status, error with { Param = ToImagesParameter(error.Param) }, arguments, requestId, retryAfter),
        };
    }

    /// <summary>A question about a response was refused, for good.</summary>
    public Failure MapQuestion(int status, ApiErrorBody? error, string id) => WithId(
        status switch
        {
            401 or 403 => Create(
                FailureCode.AccessDenied,
                $"OpenAI no longer lets this key see what it has ordered{Quote(error?.Message)} The user must check OPENAI_API_KEY, OPENAI_ORG_ID and OPENAI_PROJECT_ID. It may have been billed.",
                billed: Billing.Unknown),
            404 => Create(FailureCode.AnswerLost, "OpenAI no longer knows the response that was ordered. It may have been billed, and calling again may be billed again.", RetryAdvice.Same, Billing.Unknown),
            _ => Create(FailureCode.ServiceFailed, $"OpenAI does not tell what became of the response (HTTP {status}){Quote(error?.Message)} It may have been billed.", RetryAdvice.Later, Billing.Unknown),
        },
        id);

    /// <summary>The answer to an order was lost, and its id with it.</summary>
    public static Failure OrderLost(string how, string clientRequestId) =>
        WithId(Create(FailureCode.AnswerLost, $"{how} {NoList}", RetryAdvice.Same, Billing.Unknown), clientRequestId);

    /// <summary>The process died between sending an order and reading the answer.</summary>
    public static Failure OrderInterrupted(int known) => Create(
        FailureCode.AnswerLost,
        $"The server ended while it was ordering {(known is 0 ? "the image" : "a further image")} from OpenAI, before it read the answer. {NoList}",
        RetryAdvice.Same,
        Billing.Unknown);

    /// <summary>An order failed that was not the first of its request.</summary>
    public static Failure AfterOthers(Failure failure, int ordered, int count) => failure with
    {
        Message = $"{failure.Message} {ordered} of {count} images had been ordered before that, and are billed.",
        Billed = failure.Billed is Billing.No ? Billing.Yes : failure.Billed,
    };

    /// <summary>The process ended before all was ordered.</summary>
    public static Failure NotOrdered(int ordered, int count) => Create(
        FailureCode.AnswerLost,
        $"The server ended when {ordered} of {count} images had been ordered. The others were never ordered and cost nothing; call again for them.",
        RetryAdvice.Changed,
        Billing.Yes,
        "count");

    /// <summary>Some responses ended without an image, of which the process that noticed has told nobody.</summary>
    public static Failure ImagesMissing(int stored, int count) => Create(
        FailureCode.AnswerLost, $"OpenAI made {stored} of {count} images. The other responses ended without one; they may have been billed.", RetryAdvice.Same, Billing.Unknown);

    public Failure StillRunning(string id) => WithId(
        Create(
            FailureCode.AnswerLost,
            $"OpenAI has not finished within {responses.WaitLimit.TotalHours:0} h. It may still do so, and bills it; calling again may be billed again.",
            RetryAdvice.Same,
            Billing.Unknown),
        id);

    public static Failure Malformed(MalformedResponseException broken, string id) => WithId(
        Create(FailureCode.AnswerLost, $"OpenAI's response {broken.Message}, each time it was asked for. It may have been billed, and calling again may be billed again.", RetryAdvice.Same, Billing.Unknown), id);

    /// <summary>A response is over and has no image.</summary>
    public Failure EndedWithoutImage(ResponseState state, string id, ImageArgumentNames arguments)
    {
        var billed = state.Counted ? Billing.Yes : Billing.Unknown;
        var cost = state.Counted ? "Tokens were counted, so it was billed." : "Whether it was billed is unknown.";
        return WithId(
            (state.Status, state.Error) switch
            {
                (_, { } error) when IsModeration(error) => Block(error, arguments, billed, cost),
                ("incomplete", _) when state.IncompleteReason is "content_filter" => Block(new ApiErrorBody(null, null, null, null) { ModerationStage = "output" }, arguments, billed, cost),
                (_, { Code: "rate_limit_exceeded" } error) => Create(FailureCode.RateLimited, $"OpenAI's rate limit ended the drawing{Quote(error.Message)} {cost} Wait a minute, then call again.", RetryAdvice.Later, billed),
                (_, { Code: { } code } error) when IsImageError(code) =>
                    Create(FailureCode.InvalidRequest, $"OpenAI could not use {arguments.AnyImage}{Quote(error.Message)} {cost} Give another image there, or this one saved again as PNG, and call again.", RetryAdvice.Changed, billed, arguments.AnyImage),
                ("cancelled", _) => Create(FailureCode.Cancelled, $"The response was cancelled at OpenAI. {cost}", RetryAdvice.Same, billed),
                ("incomplete", _) => Create(
                    FailureCode.ServiceFailed,
                    $"The text model {responses.TextModel} stopped before it called for the image ({Sanitize(state.IncompleteReason) ?? "no reason given"}). {cost} The user can set GPTIMAGE2_OPENAI__TEXTMODEL to another.",
                    RetryAdvice.Same,
                    billed),
                ("failed", var error) => Create(FailureCode.ServiceFailed, $"OpenAI failed while drawing{Quote(error?.Message)} {cost} Calling again may be billed again.", RetryAdvice.Later, billed),
                _ when state.IsRefusal => Create(FailureCode.ContentRejected, $"The text model refused to have it drawn{Quote(state.Words)} {cost} Change the prompt.", RetryAdvice.Changed, billed, "prompt"),
                (_, { } error) => Create(FailureCode.ServiceFailed, $"OpenAI's image tool failed{Quote(error.Message)} {cost} Calling again may be billed again.", RetryAdvice.Same, billed),
                _ => Create(FailureCode.AnswerLost, $"OpenAI responded without an image{Quote(state.Words)} {cost} Calling again may be billed again.", RetryAdvice.Same, billed),
            },
            id);
    }

    private Failure Block(ApiErrorBody error, ImageArgumentNames arguments, Billing billed, string cost)
    {
        var stage = error.ModerationStage ?? (error.Code is "invalid_prompt" ? "input" : null);
        var failure = _texts.ModerationBlocked(stage, string.Join(", ", error.Categories), hasImages: arguments.Count > 0, Billing.Unknown);
        return failure with
        {
            Message = failure.Message.Replace("Whether it was billed is unknown.", cost, StringComparison.Ordinal),
            Billed = billed,
            OutputBlocked = stage is "output",
        };
    }

    private static bool IsModeration(ApiErrorBody error) => error.ModerationStage is not null || error.Code
        is "moderation_blocked" or "content_policy_violation" or "image_content_policy_violation" or "invalid_prompt" or "bio_policy" or "misalignment_policy_violation";

    private static bool IsImageError(string code) => code is "empty_image_file" or "failed_to_download_image" or "unsupported_image_media_type"
        || code.StartsWith("invalid_image", StringComparison.Ordinal) || code.StartsWith("image_", StringComparison.Ordinal) || code is "invalid_base64_image";

    private bool IsTextModelError(ApiErrorBody error) =>
        error.Param is "model" || (error.Code is "model_not_found" or "unsupported_model" && error.Message?.Contains($"'{responses.TextModel}'", StringComparison.Ordinal) is true);

    /// <summary>A parameter of a tool or of an input as the Images API calls it.</summary>
    private static string? ToImagesParameter(string? param) => param switch
    {
        null => null,
        _ when param.Contains("input_image_mask", StringComparison.Ordinal) => "mask",
        _ when ToolParameter.Match(param) is { Success: true } tool => tool.Groups[1].Value,
        _ when ContentParameter.Match(param) is { Success: true } content && int.TryParse(content.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var part) =>
            part is 0 ? "prompt" : string.Create(CultureInfo.InvariantCulture, $"image[{part - 1}]"),
        _ => param,
    };

    private string Quote(string? text) => ServiceMessageSanitizer.QuoteAfterColon(text, options.ApiKey);

    private string? Sanitize(string? text) => ServiceMessageSanitizer.Quote(text, options.ApiKey)?.TrimEnd('.');

    private static Failure WithId(Failure failure, string? id) => OpenAIErrorTexts.WithRequestId(failure with { RequestId = id });

    private static Failure Create(FailureCode code, string message, RetryAdvice retry = RetryAdvice.No, Billing billed = Billing.No, string? argument = null) =>
        new() { Code = code, Message = message, Retry = retry, Billed = billed, Argument = argument };

    /// <summary>tools[0].size.</summary>
    [GeneratedRegex(@"^tools\[0\]\.([a-z_]{1,40})$", RegexOptions.CultureInvariant)]
    private static partial Regex ToolParameter { get; }

    /// <summary>input[0].content[2].image_url.</summary>
    [GeneratedRegex(@"^input\[0\]\.content\[([0-9]{1,2})\]", RegexOptions.CultureInvariant)]
    private static partial Regex ContentParameter { get; }
}
