namespace GptImage2.Generation.Spending;

/// <summary>Rejects a call that may cost too much, before anything is sent.</summary>
public sealed class SpendingCaps(SpendingOptions options)
{
    /// <summary>The daily cap in millionths of a USD, or null.</summary>
    internal long? DailyCapMicroUsd => options.DailyUsd is { } cap ? MicroUsd.FromUsd(cap) : null;

    /// <summary>Why a call at this price would be rejected, or null.</summary>
    public Failure? CheckPerCallCap(Price price) => price switch
    {
        { Unit: CostUnit.None } => null,
        { Ceiling: null } when options is { AllowUnpriced: false } and ({ PerCallUsd: not null } or { DailyUsd: not null }) => CreateFailure(
            "This model's price is unknown, and a spending cap is set. Nothing was sent. " +
            "The user can allow such calls with GPTIMAGE2_SPENDING__UNPRICED=allow, or choose a model with a known price."),
        { Ceiling: { } ceiling } when ceiling > options.PerCallUsd => CreateFailure(
            $"This call may cost up to ${ceiling:0.00##}; the cap is ${options.PerCallUsd:0.00##} a call. Nothing was sent. " +
            "Ask for fewer images, a lower quality or a smaller size; or the user can raise GPTIMAGE2_SPENDING__PERCALLUSD."),
        _ => null,
    };

    /// <summary>Why a call at this price would be refused, in words that follow "refused:", or null.</summary>
    internal string? DescribePerCallExcess(Price price) => price switch
    {
        _ when CheckPerCallCap(price) is null => null,
        { Ceiling: { } ceiling } => $"up to ${ceiling:0.00##} is above the cap of ${options.PerCallUsd:0.00##} a call",
        _ => "its price is unknown, and a spending cap is set",
    };

    /// <inheritdoc cref="DescribePerCallExcess"/>
    /// <param name="spent">On that day so far, in millionths of a USD.</param>
    internal string DescribeDailyExcess(Price price, long spent) =>
        $"up to ${price.Ceiling:0.00##} after ${MicroUsd.ToUsd(spent):0.00##} today is above the cap of ${options.DailyUsd:0.00##} a day";

    /// <summary>What the user has to be asked before a call at this price is made, or null.</summary>
    public SpendingConfirmation? GetConfirmation(Price price) =>
        price.Ceiling > options.ConfirmUsd ? new SpendingConfirmation(price.Ceiling.Value, options.ConfirmUsd.Value) : null;

    /// <param name="spent">On that day so far, in millionths of a USD.</param>
    internal Failure DailyCapExceeded(Price price, long spent, DateTimeOffset now)
    {
        var reset = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        var message =
            $"This call may cost up to ${price.Ceiling:0.00##}; ${MicroUsd.ToUsd(spent):0.00##} of the ${options.DailyUsd:0.00##} for today are spent or reserved. Nothing was sent. " +
            $"The day ends at {reset:yyyy-MM-dd HH:mm} UTC, in {Math.Ceiling((reset - now).TotalHours)} h. Ask for less, wait, or the user can raise GPTIMAGE2_SPENDING__DAILYUSD. " +
            "list_presets with topic \"spending\" shows where it went.";
        return CreateFailure(message) with { Retry = RetryAdvice.Later, RetryAfter = reset - now };
    }

    internal static Failure CreateFailure(string message) => new() { Code = FailureCode.SpendingRefused, Message = message, Retry = RetryAdvice.Changed };
}

/// <summary>A call that may cost so much that its user wants to be asked first.</summary>
/// <param name="Ceiling">The most it can cost in USD.</param>
/// <param name="Limit">Above what the user wants to be asked, in USD.</param>
public sealed record SpendingConfirmation(decimal Ceiling, decimal Limit)
{
    public string Text => $"This call may cost up to ${Ceiling:0.00##}. Make it?";

    public Failure Declined => SpendingCaps.CreateFailure($"The user declined a call that may cost up to ${Ceiling:0.00##}. Nothing was sent.");

    public Failure CannotAsk => SpendingCaps.CreateFailure(
        $"This call may cost up to ${Ceiling:0.00##}; above ${Limit:0.00##} the user wants to be asked, and this client cannot ask. Nothing was sent. " +
        "Ask for fewer images, a lower quality or a smaller size; or the user can raise GPTIMAGE2_SPENDING__CONFIRMUSD, or set it to none.");
}
