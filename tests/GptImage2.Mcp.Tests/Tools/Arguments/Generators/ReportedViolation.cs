namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>What one line of a refusal says.</summary>
internal sealed partial record ReportedViolation(string Argument, string Expected, string Received, string? Nearest)
{
    /// <summary>Reads a refusal; every line of it must have the one form there is, but the last may be the corrected call or name a guide.</summary>
    public static ReportedViolation[] ParseAll(string text)
    {
        var lines = text.Split('\n');
        return [.. (Pointer.IsMatch(lines[^1]) || Corrected.IsMatch(lines[^1]) ? lines[..^1] : lines).Select(ParseLine)];
    }

    /// <summary>The corrected call at the end of a refusal, or null where there is none that can be sent as it stands.</summary>
    public static (string Tool, Dictionary<string, JsonElement> Arguments)? FindCall(string text) =>
        Corrected.Match(text.Split('\n')[^1]) is { Success: true } match
            ? (match.Groups["tool"].Value, JsonElement.Parse(match.Groups["json"].Value).EnumerateObject().ToDictionary(member => member.Name, member => member.Value))
            : null;

    private static ReportedViolation ParseLine(string line)
    {
        var match = Form.Match(line);
        match.Success.ShouldBeTrue($"Not of the form 'argument: expected X but received Y.': {line}");
        var nearest = match.Groups["nearest"];
        return new ReportedViolation(match.Groups["argument"].Value, match.Groups["expected"].Value, match.Groups["received"].Value, nearest.Success ? nearest.Value : null);
    }

    [GeneratedRegex("^(?<argument>[^:]+): expected (?<expected>.+?) but received (?<received>.+?)\\.( Nearest legal: (?<nearest>.+)\\.)?$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Form { get; }

    [GeneratedRegex("^Call: (?<tool>[a-z_]+) (?<json>{.*})$", RegexOptions.CultureInvariant)]
    private static partial Regex Corrected { get; }

    [GeneratedRegex("^More: list_presets with topic \"[a-z-]+\"\\.$")]
    private static partial Regex Pointer { get; }
}
