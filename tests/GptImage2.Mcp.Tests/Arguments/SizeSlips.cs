namespace GptImage2.Mcp.Tests.Arguments;

/// <summary>Ways to get width and height wrong, alone and together.</summary>
internal static class SizeSlips
{
    /// <summary>Edges that no legal size has; each differs from every other by more than rounding.</summary>
    private static readonly string[] Bad = ["1000", "1", "0", "-5", "479", "481", "464", "3841", "3856", "100000", "1e12", "-1e308", "1e308", "1000.5", "\"1000\"", "2147483648"];

    private static readonly string[] Unreadable = ["\"wide\"", "\"NaN\"", "true", "[1024]", "{}", "\"1024px\""];

    public static Action<BadCall>[] All { get; } =
    [
        call => call.Say("preset", "square").Set("width", "1024").Set("height", "1024").Blame("preset"),
        call => call.Say("preset", "square").Set(call.Pick("width", "height"), call.Pick("1024", "3840")).Blame("preset"),
        call => call.Say("preset", "square").Set("width", call.Pick(Unreadable)).Set("height", "1024").Blame("preset", "width"),
        call => call.Say("preset", "nonsense").Set("width", "1024").Set("height", "1024").Blame("preset", "width and height"),
        call => call.Set("width", "1024").Blame("height"),
        call => call.Set("height", "1024").Set("width", "null").Blame("width"),
        call => call.Set("width", call.Pick(Unreadable)).Blame("width", "height"),
        call => call.Set("width", call.Pick(Bad)).Blame("width", "height"),
        call => Both(call, call.Pick(Bad), call.Pick("1024", "480", "3840")).Correctably("width"),
        call => Both(call, call.Pick("1024", "480", "3840"), call.Pick(Bad)).Correctably("height"),
        call => Both(call, call.Pick(Bad), call.Pick(Bad)).Correctably("width", "height"),
        call => Both(call, call.Pick("1024.5", "\"1030\"", "1017"), "1024").Correctably("width"),
        call => Both(call, call.Pick(Unreadable), call.Pick("1024", "\"1024\"")).Blame("width"),
        call => Both(call, "3840", call.Pick("1264", "480", "1024")).Correctably("width and height"),
        call => Both(call, call.Pick("480", "1024"), "3088").Correctably("width and height"),
        call => Both(call, call.Pick("480", "800"), call.Pick("800", "480")).Correctably("width and height"),
        call => Both(call, "3840", call.Pick("2176", "2896", "3840")).Correctably("width and height"),
    ];

    private static BadCall Both(BadCall call, string width, string height) => call.Set("width", width).Set("height", height);
}
