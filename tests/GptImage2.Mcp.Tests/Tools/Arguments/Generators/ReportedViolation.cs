namespace GptImage2.Mcp.Tests.Tools.Arguments.Generators;

/// <summary>What one line of a refusal says.</summary>
internal sealed partial record ReportedViolation(string Argument, string Expected, string Received, string? Nearest)
{
    /// <summary>Reads a refusal; every line of it must have the one form there is, but the last may name a guide.</summary>
    public static ReportedViolation[] ParseAll(string text)
    {
        var lines = text.Split('\n');
        return [.. (Pointer.IsMatch(lines[^1]) ? lines[..^1] : lines).Select(ParseLine)];
    }

    private static ReportedViolation ParseLine(string line)
    {
        var match = Form.Match(line);
        match.Success.ShouldBeTrue($"Not of the form 'argument: expected X but received Y.': {line}");
        var nearest = match.Groups["nearest"];
        return new ReportedViolation(match.Groups["argument"].Value, match.Groups["expected"].Value, match.Groups["received"].Value, nearest.Success ? nearest.Value : null);
    }

    [GeneratedRegex("^(?<argument>[^:]+): expected (?<expected>.+?) but received (?<received>.+?)\\.( Nearest legal: (?<nearest>.+)\\.)?$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Form { get; }

    [GeneratedRegex("^More: list_presets with topic \"[a-z-]+\"\\.$")]
    private static partial Regex Pointer { get; }
}
