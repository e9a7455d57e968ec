namespace GptImage2.Testing.Contract;

/// <summary>The closed list of what can happen to a request to draw, at any vendor.</summary>
public enum Mishap
{
    /// <summary>Nobody listens at the address.</summary>
    Unreachable,

    /// <summary>The connection breaks while images are on their way to the vendor.</summary>
    CutWhileSending,

    /// <summary>The request arrives and is carried out, and the connection breaks before any answer.</summary>
    CutAfterSending,

    /// <summary>The connection breaks in the middle of the answer that holds the images, or names them.</summary>
    CutInAnswer,

    /// <summary>The request arrives and is refused by no one, and nothing happens until <see cref="IVendorStandIn.Release"/>.</summary>
    Held,

    /// <summary>The key is wrong.</summary>
    CredentialsRefused,

    /// <summary>The key is right and may not do this.</summary>
    PermissionRefused,

    /// <summary>There is no such model.</summary>
    ModelUnknown,

    /// <summary>The safety system refuses what was asked for.</summary>
    PromptBlocked,

    /// <summary>The safety system refuses what was drawn.</summary>
    ResultBlocked,

    /// <summary>The request is refused as one too many, with a short wait, and then accepted.</summary>
    RateLimitedOnce,

    /// <summary>Too many requests; the wait that is asked for is longer than a request waits.</summary>
    RateLimited,

    /// <summary>Too many requests at the same time.</summary>
    TooManyAtOnce,

    /// <summary>A spending limit of the account is reached.</summary>
    QuotaReached,

    /// <summary>The account has no credit.</summary>
    NoCredit,

    /// <summary>The vendor does not like an argument that the profile allows: a transparent background.</summary>
    TransparencyRefused,

    /// <summary>HTTP 500 to the request to draw.</summary>
    ServerError,

    /// <summary>HTTP 503 to the request to draw.</summary>
    Overloaded,

    /// <summary>HTTP 504 to the request to draw.</summary>
    GatewayTimeout,

    /// <summary>The answer is a page in place of JSON.</summary>
    MalformedAnswer,

    /// <summary>The answer's JSON ends too early, though its connection ends in good order.</summary>
    TruncatedAnswer,

    /// <summary>The answers have members that nobody has heard of.</summary>
    UnknownFields,

    /// <summary>The answers have values of known members that nobody has heard of.</summary>
    UnknownValues,

    /// <summary>The answer does not say what was used.</summary>
    UsageMissing,

    /// <summary>The images have another size than was asked for.</summary>
    OtherSize,

    /// <summary>One image less is delivered.</summary>
    FewerImages,

    /// <summary>One image more is delivered.</summary>
    MoreImages,

    /// <summary>The answer is as always, without an image.</summary>
    NoImage,

    /// <summary>The request is answered with a redirect to another server.</summary>
    Redirect,

    /// <summary>The link to an image has expired by the time it is followed.</summary>
    LinkExpired,

    /// <summary>The download of an image breaks in the middle.</summary>
    LinkCut,
}
