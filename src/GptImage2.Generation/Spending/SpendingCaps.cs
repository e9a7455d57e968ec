using System.Globalization;
using GptImage2.Generation.Failures;

namespace GptImage2.Generation.Spending;

/// <summary>How much may be spent without asking anybody.</summary>
public sealed record SpendingOptions
{
    /// <summary>Most that one call may cost in USD; null for no cap.</summary>
    public decimal? PerCallUsd { get; init; } = 2;

    /// <summary>Whether calls are allowed whose highest cost nobody can tell.</summary>
    public bool AllowUnpriced { get; init; }
}

/// <summary>Refuses a call that may cost too much, before anything is sent.</summary>
public sealed class SpendingCaps(SpendingOptions options)
{
    /// <summary>Why a call at this price would be refused, or null.</summary>
    public Failure? Objection(Price price) => price switch
    {
        { Unit: CostUnit.None } => null,
        { Ceiling: null } when options is { PerCallUsd: not null, AllowUnpriced: false } => Refusal(
            "Nobody can tell what this model costs, and a cap on spending is set. Nothing was sent. " +
            "The user can allow such calls with GPTIMAGE2_SPENDING__UNPRICED=allow, or choose a model with a known price."),
        { Ceiling: { } ceiling } when ceiling > options.PerCallUsd => Refusal(string.Create(
            CultureInfo.InvariantCulture,
            $"This call may cost up to ${ceiling:0.00##}; the cap is ${options.PerCallUsd:0.00##} a call. Nothing was sent. " +
            $"Ask for fewer pictures, a lower quality or a smaller size; or the user can raise GPTIMAGE2_SPENDING__PERCALLUSD.")),
        _ => null,
    };

    /// <exception cref="ImageException">The price is above a cap.</exception>
    public void Allow(Price price)
    {
        if (Objection(price) is { } failure)
        {
            throw new ImageException(failure);
        }
    }

    private static Failure Refusal(string message) =>
        new() { Code = FailureCode.SpendingRefused, Message = message, Retry = RetryAdvice.Changed };
}
