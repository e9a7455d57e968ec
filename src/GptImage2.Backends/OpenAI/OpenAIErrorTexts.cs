using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Protocol;

namespace GptImage2.Backends.OpenAI;

/// <summary>Words for everything that can go wrong with a request: what happened, whether it was billed, and what to do.</summary>
internal sealed class OpenAIErrorTexts(ImagesService service)
{
    private readonly ServiceWords _words = service.Words;

    private string ModelName => service.ModelName ?? service.GetProfile().Model;

    private string Host => service.BaseUrl.Authority;

    private string MayBeBilled => _words.IsFree ? "Nothing was billed; calling again costs nothing." : "It may have been billed, and calling again may be billed again.";

    private string MayHaveBilled => _words.IsFree ? "Nothing was billed." : "Whether it was billed is unknown.";

    /// <summary>Ends a failure's text with the id that OpenAI's support asks for.</summary>
    public static Failure WithRequestId(Failure failure) =>
        failure.RequestId is null ? failure : failure with { Message = $"{failure.Message} Request id: {failure.RequestId}" };

    /// <param name="limit">Whose limit is reached; null when there is no credit at all.</param>
    public Failure QuotaExceeded(string? limit) => Create(FailureCode.OutOfMoney, $"{(limit is null ? _words.NoCredit : _words.SpendingLimit(limit))} Not billed.");

    public Failure InvalidApiKey(ApiErrorBody error) => Create(FailureCode.AccessDenied, error.Code is "invalid_api_key" or null
        ? $"{_words.Name} does not accept the API key. The user must set a valid {_words.KeySetting} for this server and restart it. Not billed."
        : $"{_words.Name} refused access{Quote(error)} The user must check {_words.AccountSettings} and restart this server. Not billed.");

    /// <summary>The key cannot be written into a header.</summary>
    public Failure MalformedApiKey() => Create(
        FailureCode.AccessDenied,
        $"{_words.KeySetting} is empty or has characters that no key has. The user must correct it and restart this server. Nothing was sent.");

    public Failure OrganizationNotVerified() => Create(
        FailureCode.AccessDenied,
        $"{_words.Name} lets only verified organisations use {ModelName}. The user can verify at {OpenAIService.SettingsPage}/general; it works up to 15 minutes later. Not billed.");

    public Failure PermissionDenied(ApiErrorBody error) => Create(
        FailureCode.AccessDenied,
        $"{_words.Name} does not allow this to the account{Quote(error)} The user must check {_words.Permissions}. Not billed.");

    public Failure ModelNotFound() => Create(
        FailureCode.ModelNotFound,
        $"{_words.Name} does not know the model '{ModelName}', or this key may not use it. {_words.ModelAdvice} Not billed.");

    /// <param name="hasImages">Whether it was an edit, which not every service offers.</param>
    public Failure EndpointNotFound(bool hasImages) => Create(
        FailureCode.ServiceFailed,
        $"{(hasImages ? "Images cannot be edited" : "There is no Images API")} at {service.BaseUrl.GetLeftPart(UriPartial.Path)}. " +
        $"The user must check {_words.AddressSetting}; {_words.AddressExample}. Not billed.");

    public Failure RateLimited(ApiErrorBody error, TimeSpan? retryAfter)
    {
        var wait = retryAfter is { } time ? $"Wait {Math.Max(1, Math.Ceiling(time.TotalSeconds)):0} s, then call again" : "Wait a minute, then call again";
        var message = $"{_words.Name}'s rate limit is reached{Quote(error)} {wait}; fewer images at once help. Not billed.";
        return Create(FailureCode.RateLimited, message, RetryAdvice.Later) with { RetryAfter = retryAfter };
    }

    /// <param name="stage">Where it happened: input, output or unknown.</param>
    public Failure ModerationBlocked(string? stage, string categories, bool hasImages, Billing billed)
    {
        var what = stage switch
        {
            "input" => hasImages ? "the prompt or an image given with it" : "the prompt",
            "output" => "the image it had drawn",
            _ => "the request",
        };
        var why = categories is "" ? "" : $" ({ServiceMessageSanitizer.Quote(categories, service.Secret)?.TrimEnd('.')})";
        var advice = stage is "output" ? "Change the prompt to lead away from that; the same prompt may pass another time, but rarely."
            : hasImages ? "Change the prompt or the images; the same will be refused again."
            : "Change the prompt; the same words will be refused again.";
        var cost = billed is Billing.No ? "Not billed." : MayHaveBilled;
        var argument = hasImages && stage is not "output" ? null : "prompt";
        return Create(FailureCode.ContentRejected, $"{_words.Name}'s safety system refused {what}{why}. {advice} {cost}", RetryAdvice.Changed, billed, argument) with
        {
            OutputBlocked = stage is "output",
        };
    }

    public Failure RequestTooLarge(ImageArgumentNames arguments) => Rejected(
        arguments.AnyImage,
        "the request, because its images are too large together. Give fewer of them, or smaller ones without full_size, and call again.");

    public Failure MaskRejected(ApiErrorBody error, ImageArgumentNames arguments) => Rejected(
        arguments.MaskOrRegion,
        $"the mask made from {arguments.MaskOrRegion}{Quote(error)} Give another {arguments.MaskOrRegion} and call again.");

    /// <param name="number">Which image, from 1; null when unknown.</param>
    public Failure ImageRejected(ApiErrorBody error, ImageArgumentNames arguments, int? number)
    {
        var argument = number is { } known ? arguments[known - 1] : arguments.AnyImage;
        var which = number is null ? "" : $" (Image {number})";
        return Rejected(argument, $"{argument}{which}{Quote(error)} Give another image there, or this one saved again as PNG, and call again.");
    }

    /// <param name="argument">The tools' argument that is to blame; null for what no caller can change.</param>
    public Failure RequestRejected(ApiErrorBody error, string? argument)
    {
        var advice = (argument, error.Param) switch
        {
            ("background", _) => "Use background auto or opaque instead.",
            (null, "stream" or "partial_images") => _words.StreamAdvice,
            (null, "image" or "image[]" or "mask") => $"This service does not accept images as OpenAI does; the user must check {_words.AddressSetting}.",
            (null, _) => "Change the arguments and call again.",
            _ => $"Change {argument} and call again.",
        };
        return Rejected(argument, $"{argument ?? "the request"}{Quote(error)} {advice}");
    }

    public Failure UnexpectedRedirect(int status) => Create(
        FailureCode.ServiceFailed,
        $"The service responded with a redirect (HTTP {status}), which is not followed, to keep the key where it belongs. " +
        $"The user must check {_words.AddressSetting}. Not billed.");

    public Failure GatewayTimeout(int status) => Create(
        FailureCode.AnswerLost,
        $"{_words.Name}, or a proxy in front of it, timed out (HTTP {status}). {(_words.IsFree ? "Whether the image was drawn is unknown. Nothing was billed; calling again costs nothing." : "Whether the image was drawn and billed is unknown; calling again may be billed again.")}",
        RetryAdvice.Same,
        Billing.Unknown);

    public Failure ClientError(int status, ApiErrorBody error) => Create(
        FailureCode.ServiceFailed,
        $"{_words.Name} declined the request with HTTP {status}{Quote(error)} {MayHaveBilled}",
        billed: Billing.Unknown);

    public Failure ServerError(int status, ApiErrorBody error, bool overloaded) => Create(
        FailureCode.ServiceFailed,
        $"{_words.Name} {(overloaded ? "is overloaded and failed" : "failed")} {(status is 0 ? "while drawing" : $"with HTTP {status}")}{Quote(error)} " +
        (_words.IsFree ? "Nothing was billed; call again later." : "Whether it was billed is unknown, so it was not retried; calling again later may be billed again."),
        RetryAdvice.Later,
        Billing.Unknown);

    /// <summary>The request never left.</summary>
    public Failure Unreachable(HttpRequestError error)
    {
        var what = error switch
        {
            HttpRequestError.NameResolutionError => $"The name {Host} cannot be resolved: there is no network, or {_words.AddressSetting} is wrong.",
            HttpRequestError.SecureConnectionError =>
                $"A secure connection to {Host} could not be established: a proxy may interfere, or this machine's clock or certificates are wrong.",
            HttpRequestError.ProxyTunnelError => $"This machine's proxy does not allow a connection to {Host}.",
            _ => $"{Host} cannot be reached from this machine.",
        };
        return Create(FailureCode.ServiceUnreachable, $"{what} Nothing was sent and nothing billed; call again once the network works.", RetryAdvice.Later);
    }

    /// <summary>The connection failed or stalled before all of the request had left: no service draws from half of one.</summary>
    public Failure Interrupted() => Create(
        FailureCode.ServiceUnreachable,
        $"The connection to {Host} was interrupted or stalled while the request was being sent. It did not arrive complete, so nothing was drawn or billed; " +
        "call again once the network works, with fewer or smaller images if this happens again.",
        RetryAdvice.Later);

    /// <summary>An image's file changed between planning and sending.</summary>
    public Failure InputUnreadable(string argument) => Create(
        FailureCode.StorageFailed,
        $"{argument}: the image file was removed or changed, or could not be read, while it was being sent. " +
        "The request was not sent completely, so nothing was drawn or billed. Call again with an image that stays where it is.",
        RetryAdvice.Same,
        argument: argument);

    /// <summary>The connection failed after the request had left and before there was a response.</summary>
    public Failure NoResponse(string clientRequestId) =>
        ResponseLost($"The connection to {_words.Name} was interrupted before it responded. {MayBeBilled}", null, clientRequestId);

    /// <param name="started">Whether some of the request had left.</param>
    /// <param name="sent">Whether all of it had, or may have.</param>
    public Failure TimedOut(bool started, bool sent, int storedImages, string? requestId, string clientRequestId) => sent
        ? ResponseLost(
            $"{_words.Name} did not respond within {service.Timeout.TotalSeconds:0.#} s ({_words.TimeoutSetting}).{DescribeStored(storedImages)} {MayBeBilled}",
            requestId,
            clientRequestId)
        : started ? Interrupted() : Unreachable(HttpRequestError.ConnectionError);

    public Failure MalformedResponse(MalformedResponseException broken, int storedImages, string? requestId, string clientRequestId) =>
        ResponseLost($"{_words.Name}'s response {broken.Message}.{DescribeStored(storedImages)} {MayBeBilled}", requestId, clientRequestId);

    public Failure NoImageInResponse(bool hasUsage, string? requestId, string clientRequestId)
    {
        var isBilled = hasUsage && !_words.IsFree;
        var cost = isBilled ? " but counted tokens, so it was billed. Calling again will be billed again." : $". {MayBeBilled}";
        return ResponseLost($"{_words.Name} responded without an image{cost}", requestId, clientRequestId, isBilled ? Billing.Yes : Billing.Unknown);
    }

    /// <summary>One of several requests failed, of which those before it are done.</summary>
    public Failure FailedLater(Failure failure, int done) => failure with
    {
        Message = $"{(done is 1 ? "The first image is" : $"The first {done} images are")} saved{(_words.IsFree ? "" : " and billed")}. {failure.Message}",
        Billed = !_words.IsFree && failure.Billed is Billing.No ? Billing.Yes : failure.Billed,
    };

    private static string DescribeStored(int images) => images switch
    {
        0 => "",
        1 => " The 1 image that arrived complete is saved.",
        _ => $" The {images} images that arrived complete are saved.",
    };

    /// <summary>Where OpenAI's id is unknown its support finds the request by ours (API reference, "X-Client-Request-Id").</summary>
    private Failure ResponseLost(string message, string? requestId, string clientRequestId, Billing billed = Billing.Unknown) =>
        WithRequestId(Create(FailureCode.AnswerLost, message, RetryAdvice.Same, billed) with { RequestId = requestId ?? clientRequestId });

    private Failure Rejected(string? argument, string whatAndAdvice) =>
        Create(FailureCode.InvalidRequest, $"{_words.Name} rejected {whatAndAdvice} Not billed.", RetryAdvice.Changed, argument: argument);

    /// <inheritdoc cref="ServiceMessageSanitizer.QuoteAfterColon"/>
    private string Quote(ApiErrorBody error) => ServiceMessageSanitizer.QuoteAfterColon(error.Message, service.Secret);

    private Failure Create(FailureCode code, string message, RetryAdvice retry = RetryAdvice.No, Billing billed = Billing.No, string? argument = null) =>
        new() { Code = code, Message = message, Retry = retry, Billed = _words.IsFree ? Billing.No : billed, Argument = argument };
}
