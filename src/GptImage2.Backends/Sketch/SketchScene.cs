namespace GptImage2.Backends.Sketch;

/// <summary>What of a prompt can be drawn: the shot, where its subject stands, panels, and words to letter.</summary>
/// <param name="Prompt">The caller's own.</param>
/// <param name="HasIdentity">Whether a reference shows who it is about.</param>
internal sealed partial record SketchScene(string Prompt, bool HasIdentity)
{
    private const int MaxCells = 24;

    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>As storyboards shorten it: ECU, CU, MS, FS, WS or EWS; null where the prompt names none.</summary>
    public string? Shot { get; } = FindGroup(ShotWords.Match(Prompt));

    /// <summary>OTS or POV, or null.</summary>
    public string? Eye { get; } = FindGroup(EyeWords.Match(Prompt));

    /// <summary>"from above", "from below" or null.</summary>
    public string? Angle { get; } = AngleWords.Match(Prompt) is { Success: true } match ? match.Groups["above"].Success ? "from above" : "from below" : null;

    /// <summary>"left", "right" or null.</summary>
    public string? Side { get; } = SideWords.Match(Prompt) is { Success: true } match ? match.Groups["side"].Value.ToLowerInvariant() : null;

    /// <summary>How many people, or animals, it is about; 0 for a thing or a place.</summary>
    public int Figures { get; } = FigureWords.Match(Prompt) is { Success: true } match ? Math.Clamp(Parse(match.Groups["count"].Value) ?? 1, 1, 4) : HasIdentity ? 1 : 0;

    /// <summary>What is in quotation marks, of any language.</summary>
    public IReadOnlyList<string> Lettering { get; } = [.. QuotedWords.Matches(Prompt).Select(match => match.Groups["words"].Value)];

    /// <summary>A label for each panel; one, empty, where the prompt asks for none.</summary>
    public IReadOnlyList<string> Cells { get; } = FindCells(Prompt);

    /// <summary>As the prompt says; null where it does not.</summary>
    public int? Columns { get; } = GridWords.Match(Prompt) is { Success: true } match ? Parse(match.Groups["columns"].Value) : null;

    private static string[] FindCells(string prompt)
    {
        string[] views = TurnaroundWords.IsMatch(prompt) ? [.. ViewWords.Matches(prompt).Select(match => match.Value.ToLowerInvariant()).Distinct().DefaultIfEmpty("front, side, back")] : [];
        var grid = GridWords.Match(prompt);
        var count = grid.Success ? Parse(grid.Groups["columns"].Value) * Parse(grid.Groups["rows"].Value) : Parse(PanelWords.Match(prompt).Groups["count"].Value);
        return views is ["front, side, back"] ? views[0].Split(", ") : views.Length > 1 ? views
            : count is > 1 and <= MaxCells ? [.. Enumerable.Range(1, count.Value).Select(number => $"{number}")] : [""];
    }

    private static string? FindGroup(Match match) => match.Groups.Values.Skip(1).FirstOrDefault(group => group.Success)?.Name;

    private static int? Parse(string number) =>
        int.TryParse(number, out var value) ? value : Array.FindIndex(Numbers, word => word.Equals(number, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? index : null;

    [GeneratedRegex(@"\b(?:(?<ECU>ECU|XCU|BCU|(?i:extreme[ -]close[ -]?up|macro|shot:\s*ecu))|(?<CU>CU|MCU|(?i:close[ -]?up|headshot|portrait of|shot:\s*m?cu))|(?<MS>MS|(?i:(?:medium|mid|waist)[ -]shot|half[ -]length|shot:\s*ms))|(?<FS>FS|(?i:full[ -](?:shot|body|length|figure)|shot:\s*fs))|(?<EWS>EWS|ELS|(?i:establishing|extreme[ -](?:wide|long)|shot:\s*ews))|(?<WS>WS|LS|(?i:wide[ -](?:shot|angle|view)|long[ -]shot|panorama|shot:\s*(?:ws|ls))))\b")]
    private static partial Regex ShotWords { get; }

    [GeneratedRegex(@"\b(?:(?<OTS>OTS|(?i:over[ -](?:the|her|his|their)[ -]shoulder|shot:\s*ots))|(?<POV>POV|(?i:point of view|first[ -]person|shot:\s*pov)))\b")]
    private static partial Regex EyeWords { get; }

    [GeneratedRegex(@"\b(?:(?<above>from above|high[ -]angle|top[ -]down|overhead|bird'?s[ -]eye)|(?<below>from below|low[ -]angle|worm'?s[ -]eye))\b", RegexOptions.IgnoreCase)]
    private static partial Regex AngleWords { get; }

    [GeneratedRegex(@"\b(?:(?:on|at|to|in|from) (?:the |her |his )?(?:far |lower |upper )?|(?:screen|frame|far)[ -])(?<side>left|right)\b(?! (?:hand|arm|eye|leg|foot))|\b(?<side>left|right)(?:[ -]hand)? (?:third|half|side|edge|foreground)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SideWords { get; }

    [GeneratedRegex(@"@\w|\b(?:(?<count>two|three|four|2|3|4) (?:\w+ )?)?(?:he|she|they|m[ae]n|wom[ae]n|boy|girl|child|children|kid|baby|person|people|portrait|character|figure|hero|heroine|detective|knight|wizard|witch|robot|astronaut|soldier|king|queen|princess|prince|pirate|dancer|singer|doctor|nurse|teacher|student|chef|farmer|friend|couple|mother|father|sister|brother|cat|dog|fox|hare|rabbit|bear|wolf|lion|tiger|horse|bird|owl|mouse|dragon|monster|keeper|sailor|captain|hunter|warrior|model)(?:e?s)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex FigureWords { get; }

    [GeneratedRegex("""["“„](?<words>[^"“”„]{1,120})["”“]|[«‹](?<words>[^«»‹›]{1,120})[»›]|[「『](?<words>[^「」『』]{1,120})[」』]""")]
    private static partial Regex QuotedWords { get; }

    [GeneratedRegex(@"\b(?<columns>[1-9])\s*[x×]\s*(?<rows>[1-9])[ -](?:grid|panels?|cells?|board|sheet|layout)\b", RegexOptions.IgnoreCase)]
    private static partial Regex GridWords { get; }

    [GeneratedRegex(@"\b(?<count>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[1-9]\d?)[ -](?:\w+[ -])?(?:panels?|cells?|views?|poses|expressions)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PanelWords { get; }

    [GeneratedRegex(@"\b(?:turn[ -]?arounds?|(?:model|character)[ -]sheet)\b", RegexOptions.IgnoreCase)]
    private static partial Regex TurnaroundWords { get; }

    [GeneratedRegex(@"\b(?:front|three[ -]quarters?|3/4|side|profile|back|rear)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ViewWords { get; }
}
