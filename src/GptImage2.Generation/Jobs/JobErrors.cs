namespace GptImage2.Generation.Jobs;

/// <summary>Why a job ended without all of its images.</summary>
internal static class JobErrors
{
    public static Failure Unexpected(bool mayBeBilled) => Create(
        FailureCode.Internal,
        "An unexpected error occurred in this server; its log file has the details. Images that arrived are in list_images.",
        mayBeBilled);

    /// <summary>The process ended, or is known to have died.</summary>
    public static Failure Interrupted(bool mayBeBilled) => Create(
        FailureCode.AnswerLost,
        mayBeBilled
            ? "The server ended before all images had arrived. The service may bill the request all the same; the spending summary counts it as uncertain. "
                + "Calling again starts a new request and may be billed again."
            : "The server ended before all images had arrived. Nothing was spent; call again.",
        mayBeBilled);

    /// <summary>The process ends, and the service keeps the request.</summary>
    public static Failure Suspended() => new()
    {
        Code = FailureCode.AnswerLost,
        Message = "The server is ending before all images have arrived. The service keeps the request: the next start of the server takes the job up again. "
            + "check_job with its id then has the images, and so has the same call again; neither is billed anew.",
        Retry = RetryAdvice.Later,
        Billed = Billing.Unknown,
    };

    public static Failure Cancelled(bool mayBeBilled) => Create(
        FailureCode.Cancelled,
        mayBeBilled
            ? "Cancelled while the service was drawing: the connection was closed. That saves time, not money: "
                + "the service may bill the request all the same, and what it draws is lost."
            : "Cancelled. Nothing was spent.",
        mayBeBilled);

    /// <summary>The catalog could not record the job, so it was not started: an unrecorded job could be lost.</summary>
    public static ImageException NotStarted(ImageException failure) => new(
        failure.Failure with { Message = $"{failure.Failure.Message} Nothing was sent and nothing was spent.", Billed = Billing.No },
        failure);

    private static Failure Create(FailureCode code, string message, bool mayBeBilled) => new()
    {
        Code = code,
        Message = message,
        Retry = RetryAdvice.Same,
        Billed = mayBeBilled ? Billing.Unknown : Billing.No,
    };
}
