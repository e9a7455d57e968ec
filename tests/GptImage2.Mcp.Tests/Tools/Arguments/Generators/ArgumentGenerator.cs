namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>An argument, or a few that belong together: ways to write it right, and ways to write it wrong.</summary>
/// <param name="WriteValid">Writes something legal, or nothing.</param>
/// <param name="WriteInvalid">Each writes something illegal and blames whom it must.</param>
internal sealed record ArgumentGenerator(Action<InvalidCall> WriteValid, params Action<InvalidCall>[] WriteInvalid)
{
    private static readonly string[] NoNumbers =
        ["\"several\"", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "\"0x10\"", "\"1e3\"", "\"\"", "\" \"", "\"٢\"", "\"1,000\"", "true", "[1]", "{\"n\": 1}", DeeplyNestedArray];

    private static readonly string[] NoTexts = ["5", "true", "-0.0", "1e308", "[\"a\"]", "{\"a\": \"b\"}", DeeplyNestedArray];

    private static readonly string[] NoFlags = ["\"maybe\"", "2", "-1", "\"\u2026\"", "[true]", "{}", "\"ttrue\"", DeeplyNestedArray];

    /// <summary>As deep as a message may be before nobody can read it.</summary>
    public static string DeeplyNestedArray => string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40));

    /// <param name="numbers">Whole numbers out of range; each has a nearest legal value.</param>
    public static ArgumentGenerator Integer(string name, int[] right, params string[] numbers) => new(
        call => call.Set(name, $"{call.Pick(right)}"),
        call => call.Set(name, call.Pick(NoNumbers)).ExpectError(name),
        call => call.Set(name, call.Pick([.. numbers, "-1e308", "1e308", "-9007199254740993", "1e12", "2.5e9", "2147483648", "1e999"])).ExpectCorrectableError(name),
        call => call.Set(name, $"\"{call.Pick(numbers)}\"").ExpectCorrectableError(name));

    public static ArgumentGenerator Choice(string name, string[] right, params string[] near) => new(
        call => call.SetText(name, call.Pick(right)),
        call => call.Set(name, call.Pick(NoTexts)).ExpectError(name),
        call => call.SetText(name, call.Pick(near)).ExpectCorrectableError(name),
        call => call.SetText(name, call.Pick(HostileTexts.Texts)).ExpectError(name));

    public static ArgumentGenerator Flag(string name, string right) => new(
        call => call.Set(name, right),
        call => call.Set(name, call.Pick(NoFlags)).ExpectError(name));

    public static ArgumentGenerator Text(string name, Action<InvalidCall> right, params Action<InvalidCall>[] wrong) => new(
        right,
        [call => call.Set(name, call.Pick(NoTexts)).ExpectError(name), .. wrong]);

    /// <summary>Every way in which a needed argument is missing.</summary>
    public static Action<InvalidCall> Missing(string name) => call =>
    {
        _ = call.Random.Next(2) is 0 ? call.Remove(name) : call.Set(name, "null");
        call.ExpectError(name);
    };

    /// <summary>A name that the tool does not have.</summary>
    public static ArgumentGenerator Unknown(params string[] names) => new(
        _ => { },
        call => Blame(call, call.Pick(names)),
        call => Blame(call, call.Pick("seed", "negative_prompt", "style", "model", "steps", "response_format", "stream")),
        call => Blame(call, call.Pick("foo", "x-y", "__proto__", "constructor", "$ref", "данные")));

    private static void Blame(InvalidCall call, string name) => call.Set(name, call.Pick("null", "1", "\"x\"", "[]", "{}")).ExpectError(name);
}
