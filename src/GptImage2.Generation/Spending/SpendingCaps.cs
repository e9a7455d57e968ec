using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Spending;

/// <summary>Rejects a call that may cost too much, before anything is sent.</summary>
public sealed class SpendingCaps(SpendingOptions options)
{
    internal DailyCaps Daily { get; } = new(ToMicroUsd(options.DailyUsd), ToMicroUsd(options.DailyUsdPerCaller));

    /// <summary>Why a call at this price would be rejected, or null.</summary>
    public Failure? CheckPerCallCap(Price price) => price switch
    {
        { Unit: CostUnit.None } => null,
        { Ceiling: null, Credits: { } credits } when options.RefusesUnpriced => CreateFailure(
            $"This call costs {credits:0.##} credits of the service, a spending cap in USD is set, and what a credit costs is not. Nothing was sent. " +
            "The user can set GPTIMAGE2_SPENDING__USDPERCREDIT to what they pay for one, or allow such calls with GPTIMAGE2_SPENDING__UNPRICED=allow."),
        { Ceiling: null } when options.RefusesUnpriced => CreateFailure(
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
    internal string DescribeDailyExcess(Caller caller, Price price, DailyExcess excess) => excess.IsCallersOwn || caller.LocalPathsAllowed
        ? $"up to ${price.Ceiling:0.00##} after ${MicroUsd.ToUsd(excess.Spent):0.00##} today is above the cap of ${GetCap(excess):0.00##} a day{(excess.IsCallersOwn ? " for each caller" : "")}"
        : $"up to ${price.Ceiling:0.00##} is above what is left of the server's budget for today";

    /// <summary>What the user has to be asked before a call at this price is made, or null.</summary>
    public SpendingConfirmation? GetConfirmation(Price price) =>
        price.Ceiling > options.ConfirmUsd ? new SpendingConfirmation(price.Ceiling.Value, options.ConfirmUsd.Value) : null;

    /// <summary>What others have spent is told to the user of this machine alone.</summary>
    internal Failure DailyCapExceeded(Caller caller, Price price, DailyExcess excess, DateTimeOffset now)
    {
        var reset = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        var reason = excess.IsCallersOwn || caller.LocalPathsAllowed
            ? $"This call may cost up to ${price.Ceiling:0.00##}; ${MicroUsd.ToUsd(excess.Spent):0.00##} of the ${GetCap(excess):0.00##} for today are spent or reserved."
            : $"The server's budget for today is used up, or what is left of it is less than this call may cost (up to ${price.Ceiling:0.00##}).";
        var setting = $"GPTIMAGE2_SPENDING__DAILYUSD{(excess.IsCallersOwn ? "PERCALLER" : "")}";
        var message =
            $"{reason} Nothing was sent. " +
            $"The day ends at {reset:yyyy-MM-dd HH:mm} UTC, in {Math.Ceiling((reset - now).TotalHours)} h. Ask for less, wait, or {GetHolder(caller)} can raise {setting}. " +
            $"list_presets with topic \"spending\" shows {(excess.IsCallersOwn || caller.LocalPathsAllowed ? "where it went" : "your part of it")}.";
        return CreateFailure(message) with { Retry = RetryAdvice.Later, RetryAfter = reset - now };
    }

    /// <summary>Who can change a setting.</summary>
    private static string GetHolder(Caller caller) => caller.LocalPathsAllowed ? "the user" : "who runs the server";

    private decimal? GetCap(DailyExcess excess) => excess.IsCallersOwn ? options.DailyUsdPerCaller : options.DailyUsd;

    private static long? ToMicroUsd(decimal? usd) => usd is { } cap ? MicroUsd.FromUsd(cap) : null;

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
