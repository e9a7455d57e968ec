using GptImage2.Generation.Json;

namespace GptImage2.Generation.Errors;

/// <summary>What went wrong, for the one who can do something about it. Every text is written for a model and safe to show it.</summary>
public sealed record Failure
{
    /// <summary>Which of the closed list of failures this is; clients may match on it.</summary>
    public required FailureCode Code { get; init; }

    /// <summary>What happened, whether money was spent where that is in doubt, and what to do next.</summary>
    public required string Message { get; init; }

    public RetryAdvice Retry { get; init; } = RetryAdvice.No;

    /// <summary>How long to wait first, where the service said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public Billing Billed { get; init; } = Billing.No;

    /// <summary>The one argument to blame, where there is just one.</summary>
    public string? Argument { get; init; }

    /// <summary>The nearest legal value of that argument, as it would be written.</summary>
    public string? Nearest { get; init; }

    /// <summary>Whether the safety system refused what had been drawn, rather than what was asked for.</summary>
    [JsonIgnore]
    public bool OutputBlocked { get; init; }

    /// <summary>What to change in the call's arguments, where that is known.</summary>
    [JsonIgnore]
    public IReadOnlyList<Repair> Repairs { get; init; } = [];

    /// <summary>The corrected call, where one can be made.</summary>
    [JsonIgnore]
    public SuggestedCall? Call { get; init; }

    /// <summary>The service's own id of the request, for its support.</summary>
    public string? RequestId { get; init; }

    /// <summary>Several of one call as one, each with its own text.</summary>
    public static Failure Combine(IReadOnlyList<Failure> failures) => failures is [var only] ? only : failures[0] with
    {
        Message = string.Join('\n', failures.Select(failure => failure.Message)),
        Argument = null,
        Nearest = null,
        Repairs = [.. failures.SelectMany(failure => failure.Repairs)],
    };
}

/// <summary>Whether the same call, a changed call, or neither can succeed.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<RetryAdvice>))]
public enum RetryAdvice
{
    No,
    Same,
    Changed,
    Later,
}

/// <summary>Whether a service charges for a request, as far as we can know.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<Billing>))]
public enum Billing
{
    No,
    Yes,
    Unknown,
}

/// <summary>An expected failure that can be explained to the caller.</summary>
public class ImageException(Failure failure, Exception? inner = null) : Exception(failure.Message, inner)
{
    public Failure Failure { get; } = failure;
}
