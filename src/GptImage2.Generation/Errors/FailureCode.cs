using GptImage2.Generation.Json;

namespace GptImage2.Generation.Errors;

/// <summary>The closed list of failures. The names are part of the contract with clients.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<FailureCode>))]
public enum FailureCode
{
    /// <summary>An argument is wrong; nothing was sent.</summary>
    InvalidRequest,

    /// <summary>A named image, file or job does not exist.</summary>
    NotFound,

    /// <summary>A file is outside the folders that may be read or written.</summary>
    NotAllowed,

    /// <summary>The bytes are no image, or one that is damaged or too large.</summary>
    UnreadableImage,

    /// <summary>The subject cannot be cut out well.</summary>
    CutoutRefused,

    /// <summary>A spending cap refused the call before anything was sent.</summary>
    SpendingRefused,

    /// <summary>The service's safety system refused the prompt or an image.</summary>
    ContentRejected,

    /// <summary>The service does not accept the key, or does not allow it this request.</summary>
    AccessDenied,

    /// <summary>The service does not know the model.</summary>
    ModelNotFound,

    /// <summary>The account has no credit left or has reached its spending limit.</summary>
    OutOfMoney,

    /// <summary>Too many requests at once.</summary>
    RateLimited,

    /// <summary>The service failed or is overloaded.</summary>
    ServiceFailed,

    /// <summary>The service could not be reached; nothing was sent.</summary>
    ServiceUnreachable,

    /// <summary>The service did not respond in time, or its response was cut off.</summary>
    AnswerLost,

    /// <summary>The job was cancelled by a caller who may do so.</summary>
    Cancelled,

    /// <summary>An image could not be written to or read from the store.</summary>
    StorageFailed,

    /// <summary>libvips is missing on this machine.</summary>
    ImagingUnavailable,

    /// <summary>A bug in this server.</summary>
    Internal,
}
