using System.Globalization;
using GptImage2.Generation.Errors;

namespace GptImage2.Generation.Spending;

/// <summary>How much may be spent without asking anybody.</summary>
public sealed record SpendingOptions
{
    /// <summary>Most that one call may cost in USD; null for no cap.</summary>
    public decimal? PerCallUsd { get; init; } = 2;

    /// <summary>Most that may be spent on one UTC day in USD, by all servers of one catalog; null for no cap.</summary>
    public decimal? DailyUsd { get; init; } = 10;

    /// <summary>A call that may cost more than this in USD is made only when the user agrees; null for never asking.</summary>
    public decimal? ConfirmUsd { get; init; }

    /// <summary>Whether calls are allowed whose highest cost nobody can tell.</summary>
    public bool AllowUnpriced { get; init; }
}

/// <summary>Refuses a call that may cost too much, before anything is sent.</summary>
public sealed class SpendingCaps(SpendingOptions options)
{
    /// <summary>The daily cap in millionths of a USD, or null.</summary>
    internal long? DailyCapMicroUsd => options.DailyUsd is { } cap ? MicroUsd.FromUsd(cap) : null;

    /// <summary>Why a call at this price would be refused, or null.</summary>
    public Failure? CheckPerCallCap(Price price) => price switch
    {
        { Unit: CostUnit.None } => null,
        { Ceiling: null } when options is { AllowUnpriced: false } and ({ PerCallUsd: not null } or { DailyUsd: not null }) => CreateFailure(
            "Nobody can tell what this model costs, and a cap on spending is set. Nothing was sent. " +
            "The user can allow such calls with GPTIMAGE2_SPENDING__UNPRICED=allow, or choose a model with a known price."),
        { Ceiling: { } ceiling } when ceiling > options.PerCallUsd => CreateFailure(string.Create(
            CultureInfo.InvariantCulture,
            $"This call may cost up to ${ceiling:0.00##}; the cap is ${options.PerCallUsd:0.00##} a call. Nothing was sent. " +
            $"Ask for fewer pictures, a lower quality or a smaller size; or the user can raise GPTIMAGE2_SPENDING__PERCALLUSD.")),
        _ => null,
    };

    /// <summary>What the user has to be asked before a call at this price is made, or null.</summary>
    public SpendingConfirmation? GetConfirmation(Price price) => price.Ceiling > options.ConfirmUsd ? new SpendingConfirmation(price.Ceiling.Value, options.ConfirmUsd.Value) : null;

    /// <exception cref="ImageException">The price is above a cap.</exception>
    public void ThrowIfExceeded(Price price)
    {
        if (CheckPerCallCap(price) is { } failure)
        {
            throw new ImageException(failure);
        }
    }

    /// <summary>Why a call would pass what may be spent today.</summary>
    /// <param name="spent">On that day so far, in millionths of a USD.</param>
    internal Failure DailyCapExceeded(Price price, long spent, DateTimeOffset now)
    {
        var reset = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        return CreateFailure(string.Create(
            CultureInfo.InvariantCulture,
            $"This call may cost up to ${price.Ceiling:0.00##}; ${MicroUsd.ToUsd(spent):0.00##} of the ${options.DailyUsd:0.00##} for today are spent or reserved. Nothing was sent. " +
            $"The day ends at {reset:yyyy-MM-dd HH:mm} UTC, in {Math.Ceiling((reset - now).TotalHours)} h. Ask for less, wait, or the user can raise GPTIMAGE2_SPENDING__DAILYUSD. " +
            $"list_presets with topic \"spending\" shows where it went.")) with
        { Retry = RetryAdvice.Later, RetryAfter = reset - now };
    }

    private static Failure CreateFailure(string message) =>
        new() { Code = FailureCode.SpendingRefused, Message = message, Retry = RetryAdvice.Changed };
}
