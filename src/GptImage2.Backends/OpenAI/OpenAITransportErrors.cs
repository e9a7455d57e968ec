using System.Globalization;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Generation.Errors;

namespace GptImage2.Backends.OpenAI;

/// <summary>Explains what went wrong without a word from OpenAI: no connection, no answer, half an answer.</summary>
internal sealed class OpenAITransportErrors(OpenAIOptions options)
{
    private const string MayBillAgain = "It may be billed all the same, and calling again may be billed again.";

    /// <summary>The request never left.</summary>
    public Failure Unreachable(HttpRequestError error) => new()
    {
        Code = FailureCode.ServiceUnreachable,
        Message = error switch
        {
            HttpRequestError.NameResolutionError => $"The name {Host} is not known here: there is no network, or OPENAI_BASE_URL is wrong.",
            HttpRequestError.SecureConnectionError => $"No secure connection to {Host} came about: a proxy may interfere, or this machine's clock or certificates are wrong.",
            HttpRequestError.ProxyTunnelError => $"The proxy of this machine does not let through to {Host}.",
            _ => $"{Host} cannot be reached from this machine.",
        } + " Nothing was sent and nothing billed; call again once the network works.",
        Retry = RetryAdvice.Later,
    };

    /// <summary>The connection broke, or stood still too long, before all of the request had left: no service draws from half of one.</summary>
    public Failure Interrupted() => new()
    {
        Code = FailureCode.ServiceUnreachable,
        Message = $"The connection to {Host} broke or stood still while the request was being sent. It did not arrive whole, so nothing was drawn or billed; call again once the network works, with fewer or smaller pictures if this happens again.",
        Retry = RetryAdvice.Later,
    };

    /// <summary>A picture's file was no longer what it had been when it was to be sent.</summary>
    public static Failure InputUnreadable(string argument) => new()
    {
        Code = FailureCode.StorageFailed,
        Message = $"{argument}: the picture's file was removed or changed, or could not be read, while it was being sent. The request did not leave whole, so nothing was drawn or billed. Call again with a picture that stays where it is.",
        Retry = RetryAdvice.Same,
        Argument = argument,
    };

    /// <summary>The key cannot be written into a header.</summary>
    public static Failure MalformedApiKey() => new()
    {
        Code = FailureCode.AccessDenied,
        Message = "OPENAI_API_KEY is empty or holds characters that no key has. The user must correct it and restart this server. Nothing was sent.",
    };

    /// <summary>The connection broke after the request had left and before there was an answer.</summary>
    public static Failure NoResponse(string clientRequestId) => CreateResponseLost($"The connection to OpenAI broke before it answered. {MayBillAgain}", null, clientRequestId);

    /// <summary>The timeout ran out.</summary>
    /// <param name="begun">Whether some of the request had left.</param>
    /// <param name="sent">Whether all of it had, or may have.</param>
    public Failure TimedOut(bool begun, bool sent, int kept, string? requestId, string clientRequestId)
    {
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{options.Timeout.TotalSeconds:0.#}");
        return sent
            ? CreateResponseLost($"OpenAI did not answer within {seconds} s (GPTIMAGE2_OPENAI__TIMEOUTSECONDS).{DescribeStoredImages(kept)} {MayBillAgain}", requestId, clientRequestId)
            : begun ? Interrupted() : Unreachable(HttpRequestError.ConnectionError);
    }

    /// <summary>The answer broke off or makes no sense.</summary>
    public static Failure MalformedResponse(MalformedResponseException broken, int kept, string? requestId, string clientRequestId) =>
        CreateResponseLost($"OpenAI's answer {broken.Message}.{DescribeStoredImages(kept)} {MayBillAgain}", requestId, clientRequestId);

    /// <summary>An answer without a single picture.</summary>
    /// <param name="counted">Whether it reports tokens all the same.</param>
    public static Failure NoImageInResponse(bool counted, string? requestId, string clientRequestId) => counted
        ? CreateResponseLost("OpenAI answered without a picture but counted tokens, so it was billed. Calling again will be billed again.", requestId, clientRequestId) with { Billed = Billing.Yes }
        : CreateResponseLost($"OpenAI answered without a picture. {MayBillAgain}", requestId, clientRequestId);

    private string Host => options.BaseUrl.Authority;

    private static string DescribeStoredImages(int kept) => kept switch
    {
        0 => "",
        1 => " The 1 picture that came whole is kept.",
        _ => string.Create(CultureInfo.InvariantCulture, $" The {kept} pictures that came whole are kept."),
    };

    /// <summary>Where OpenAI's id is unknown its support finds the request by ours (API reference, "X-Client-Request-Id").</summary>
    private static Failure CreateResponseLost(string message, string? requestId, string clientRequestId) => OpenAIErrorMapper.AppendRequestId(new()
    {
        Code = FailureCode.AnswerLost,
        Message = message,
        Retry = RetryAdvice.Same,
        Billed = Billing.Unknown,
        RequestId = requestId ?? clientRequestId,
    });
}
