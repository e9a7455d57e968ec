namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>Ways to get width and height wrong, alone and together.</summary>
internal static class InvalidSizeMutations
{
    /// <summary>Edges that no legal size has; each differs from every other by more than rounding.</summary>
    private static readonly string[] Bad = ["1000", "1", "0", "-5", "479", "481", "464", "3841", "3856", "100000", "1e12", "-1e308", "1e308", "1000.5", "\"1000\"", "2147483648"];

    private static readonly string[] Unreadable = ["\"wide\"", "\"NaN\"", "true", "[1024]", "{}"];

    public static Action<InvalidCall>[] All { get; } =
    [
        call => call.SetText("preset", "square").Set("width", "1024").Set("height", "1024").ExpectError("preset"),
        call => call.SetText("preset", "square").Set(call.Pick("width", "height"), call.Pick("1024", "3840")).ExpectError("preset"),
        call => call.SetText("preset", "square").Set("width", call.Pick(Unreadable)).Set("height", "1024").ExpectError("preset", "width"),
        call => call.SetText("preset", "nonsense").Set("width", "1024").Set("height", "1024").ExpectError("preset", "width and height"),
        call => call.Set("width", "1024").ExpectError("height"),
        call => call.Set("height", "1024").Set("width", "null").ExpectError("width"),
        call => call.Set("width", call.Pick(Unreadable)).ExpectError("width", "height"),
        call => call.Set("width", call.Pick(Bad)).ExpectError("width", "height"),
        call => Both(call, call.Pick(Bad), call.Pick("1024", "480", "3840")).ExpectCorrectableError("width"),
        call => Both(call, call.Pick("1024", "480", "3840"), call.Pick(Bad)).ExpectCorrectableError("height"),
        call => Both(call, call.Pick(Bad), call.Pick(Bad)).ExpectCorrectableError("width", "height"),
        call => Both(call, call.Pick("1024.5", "\"1030\"", "1017"), "1024").ExpectCorrectableError("width"),
        call => Both(call, call.Pick(Unreadable), call.Pick("1024", "\"1024\"")).ExpectError("width"),
        call => Both(call, "3840", call.Pick("1264", "480", "1024")).ExpectCorrectableError("width and height"),
        call => Both(call, call.Pick("480", "1024"), "3088").ExpectCorrectableError("width and height"),
        call => Both(call, call.Pick("480", "800"), call.Pick("800", "480")).ExpectCorrectableError("width and height"),
        call => Both(call, "3840", call.Pick("2176", "2896", "3840")).ExpectCorrectableError("width and height"),
    ];

    private static InvalidCall Both(InvalidCall call, string width, string height) => call.Set("width", width).Set("height", height);
}
