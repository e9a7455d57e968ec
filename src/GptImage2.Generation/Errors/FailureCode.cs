using System.Text.Json.Serialization;

namespace GptImage2.Generation.Errors;

/// <summary>The closed list of failures. The names are part of the contract with clients.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureCode>))]
public enum FailureCode
{
    /// <summary>An argument is wrong; nothing was sent.</summary>
    [JsonStringEnumMemberName("invalid_request")]
    InvalidRequest,

    /// <summary>A named image, file or job does not exist.</summary>
    [JsonStringEnumMemberName("not_found")]
    NotFound,

    /// <summary>A file lies outside what may be read or written.</summary>
    [JsonStringEnumMemberName("not_allowed")]
    NotAllowed,

    /// <summary>Bytes that are no picture, or one that is damaged or too large.</summary>
    [JsonStringEnumMemberName("unreadable_image")]
    UnreadableImage,

    /// <summary>A subject that cannot be cut out well.</summary>
    [JsonStringEnumMemberName("cutout_refused")]
    CutoutRefused,

    /// <summary>A spending cap refused the call before anything was sent.</summary>
    [JsonStringEnumMemberName("spending_refused")]
    SpendingRefused,

    /// <summary>The service's safety system refused the prompt or the picture.</summary>
    [JsonStringEnumMemberName("content_rejected")]
    ContentRejected,

    /// <summary>The service does not accept the key, or not for this.</summary>
    [JsonStringEnumMemberName("access_denied")]
    AccessDenied,

    /// <summary>The service does not know the model.</summary>
    [JsonStringEnumMemberName("model_not_found")]
    ModelNotFound,

    /// <summary>The account has no money or has reached a limit of spending.</summary>
    [JsonStringEnumMemberName("out_of_money")]
    OutOfMoney,

    /// <summary>Too many requests at once.</summary>
    [JsonStringEnumMemberName("rate_limited")]
    RateLimited,

    /// <summary>The service broke or is overloaded.</summary>
    [JsonStringEnumMemberName("service_failed")]
    ServiceFailed,

    /// <summary>The service could not be reached; nothing was sent.</summary>
    [JsonStringEnumMemberName("service_unreachable")]
    ServiceUnreachable,

    /// <summary>The service did not answer in time, or its answer broke off.</summary>
    [JsonStringEnumMemberName("answer_lost")]
    AnswerLost,

    /// <summary>Somebody who may do so cancelled the job.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>A picture could not be written or read where it is kept.</summary>
    [JsonStringEnumMemberName("storage_failed")]
    StorageFailed,

    /// <summary>libvips is missing on this machine.</summary>
    [JsonStringEnumMemberName("imaging_unavailable")]
    ImagingUnavailable,

    /// <summary>A mistake in this server.</summary>
    [JsonStringEnumMemberName("internal")]
    Internal,
}

/// <summary>Whether the same call, a changed call, or neither can succeed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RetryAdvice>))]
public enum RetryAdvice
{
    [JsonStringEnumMemberName("no")]
    No,

    [JsonStringEnumMemberName("same")]
    Same,

    [JsonStringEnumMemberName("changed")]
    Changed,

    [JsonStringEnumMemberName("later")]
    Later,
}

/// <summary>Whether a service charges for a request, as far as we can know.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Billing>))]
public enum Billing
{
    [JsonStringEnumMemberName("no")]
    No,

    [JsonStringEnumMemberName("yes")]
    Yes,

    [JsonStringEnumMemberName("unknown")]
    Unknown,
}
