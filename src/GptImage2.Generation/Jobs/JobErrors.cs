using GptImage2.Generation.Errors;

namespace GptImage2.Generation.Jobs;

/// <summary>How jobs end that nobody ended well, in words.</summary>
internal static class JobErrors
{
    public static Failure Unexpected(bool mayBeBilled) => new()
    {
        Code = FailureCode.Internal,
        Message = "Something unforeseen went wrong in this server; its log file has the details. Pictures that arrived are in list_images.",
        Retry = RetryAdvice.Same,
        Billed = ToBilling(mayBeBilled),
    };

    /// <summary>The process ended, or is known to have died.</summary>
    public static Failure Interrupted(bool mayBeBilled) => new()
    {
        Code = FailureCode.AnswerLost,
        Message = mayBeBilled
            ? "The server ended before every picture was there. The service may bill the request all the same; the spending summary counts it as uncertain. Asking again draws, and may bill, anew."
            : "The server ended before every picture was there. Nothing was spent; ask again.",
        Retry = RetryAdvice.Same,
        Billed = ToBilling(mayBeBilled),
    };

    public static Failure Cancelled(bool mayBeBilled) => new()
    {
        Code = FailureCode.Cancelled,
        Message = mayBeBilled
            ? "Cancelled while the service was drawing: the connection was closed. That spares waiting, not money: the service may bill the request all the same, and what it draws is lost."
            : "Cancelled. Nothing was spent.",
        Retry = RetryAdvice.Same,
        Billed = ToBilling(mayBeBilled),
    };

    /// <summary>The catalog refused to remember the job, so it was not begun: what nobody remembers would be lost.</summary>
    public static ImageException NotStarted(ImageException failure) => new(
        failure.Failure with { Message = $"{failure.Failure.Message} Nothing was sent and nothing was spent.", Billed = Billing.No },
        failure);

    private static Billing ToBilling(bool mayBeBilled) => mayBeBilled ? Billing.Unknown : Billing.No;
}
