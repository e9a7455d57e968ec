namespace GptImage2.Mcp.Tests.Arguments;

/// <summary>An argument, or a few that belong together: ways to write it right, and ways to write it wrong.</summary>
/// <param name="Right">Writes something legal, or nothing.</param>
/// <param name="Wrong">Each writes something illegal and blames whom it must.</param>
internal sealed record Slot(Action<BadCall> Right, params Action<BadCall>[] Wrong)
{
    private static readonly string[] NoNumbers =
        ["\"two\"", "\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "\"0x10\"", "\"1e3\"", "\"\"", "\" \"", "\"٢\"", "\"1,000\"", "true", "[1]", "{\"n\": 1}", Deep];

    private static readonly string[] NoTexts = ["5", "true", "-0.0", "1e308", "[\"a\"]", "{\"a\": \"b\"}", Deep];

    private static readonly string[] NoFlags = ["\"yes\"", "1", "0", "\"\"", "[true]", "{}", "\"ttrue\"", Deep];

    /// <summary>As deep as a message may be before nobody can read it.</summary>
    public static string Deep => string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40));

    /// <param name="numbers">Whole numbers out of range; each has a nearest legal value.</param>
    public static Slot Integer(string name, int[] right, params string[] numbers) => new(
        call => call.Set(name, $"{call.Pick(right)}"),
        call => call.Set(name, call.Pick(NoNumbers)).Blame(name),
        call => call.Set(name, call.Pick([.. numbers, "-1e308", "1e308", "-9007199254740993", "1e12", "2.5e9", "2147483648", "1e999"])).Correctably(name),
        call => call.Set(name, $"\"{call.Pick(numbers)}\"").Correctably(name));

    public static Slot Choice(string name, string[] right, params string[] near) => new(
        call => call.Say(name, call.Pick(right)),
        call => call.Set(name, call.Pick(NoTexts)).Blame(name),
        call => call.Say(name, call.Pick(near)).Correctably(name),
        call => call.Say(name, call.Pick(right).ToUpperInvariant()).Correctably(name),
        call => call.Say(name, call.Pick(Hostile.Texts)).Correctably(name));

    public static Slot Flag(string name, string right) => new(
        call => call.Set(name, right),
        call => call.Set(name, call.Pick(NoFlags)).Blame(name));

    public static Slot Text(string name, Action<BadCall> right, params Action<BadCall>[] wrong) => new(
        right,
        [call => call.Set(name, call.Pick(NoTexts)).Blame(name), .. wrong]);

    /// <summary>Every way in which a needed argument is missing.</summary>
    public static Action<BadCall> Missing(string name) => call =>
    {
        _ = call.Random.Next(2) is 0 ? call.Drop(name) : call.Set(name, "null");
        call.Blame(name);
    };

    /// <summary>A name that the tool does not have.</summary>
    public static Slot Unknown(params string[] names) => new(
        _ => { },
        call => Blame(call, call.Pick(names)),
        call => Blame(call, call.Pick("seed", "negative_prompt", "style", "model", "steps", "response_format", "stream")),
        call => Blame(call, call.Pick("foo", "x-y", "Prompt", "prompt_", "__proto__", "constructor", "$ref", "данные")));

    private static void Blame(BadCall call, string name) => call.Set(name, call.Pick("null", "1", "\"x\"", "[]", "{}")).Blame(name);
}
