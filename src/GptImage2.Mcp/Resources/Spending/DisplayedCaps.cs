using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;

namespace GptImage2.Mcp.Resources.Spending;

/// <summary>The caps of the day as a caller sees them, in USD; null for none.</summary>
/// <param name="Own">What the caller's own spending is held against.</param>
/// <param name="Shared">What all callers share, where that is another; how much others have spent of it is never shown.</param>
/// <param name="Setting">Sets the own cap.</param>
internal sealed record DisplayedCaps(decimal? Own, decimal? Shared, string Setting, string SetBy)
{
    private const string DailySetting = "GPTIMAGE2_SPENDING__DAILYUSD";

    /// <summary>The user of this machine alone takes the server's cap for their own.</summary>
    public static DisplayedCaps For(Caller caller, SpendingOptions options)
    {
        var setBy = caller.LocalPathsAllowed ? "the user" : "who runs the server";
        return options.DailyUsdPerCaller is { } own
            ? new DisplayedCaps(own, options.DailyUsd, $"{DailySetting}PERCALLER", setBy)
            : caller.LocalPathsAllowed ? new DisplayedCaps(options.DailyUsd, null, DailySetting, setBy) : new DisplayedCaps(null, options.DailyUsd, DailySetting, setBy);
    }
}
