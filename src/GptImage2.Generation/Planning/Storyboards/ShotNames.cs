namespace GptImage2.Generation.Planning.Storyboards;

/// <summary>The abbreviations of shot lists, in the words that a model draws by.</summary>
internal static partial class ShotNames
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["ECU"] = "extreme close-up",
        ["XCU"] = "extreme close-up",
        ["BCU"] = "extreme close-up",
        ["CU"] = "close-up",
        ["MCU"] = "medium close-up, from the chest up",
        ["MS"] = "medium shot, from the waist up",
        ["MLS"] = "medium long shot, from the knees up",
        ["MWS"] = "medium long shot, from the knees up",
        ["FS"] = "full shot, the whole figure from head to feet",
        ["LS"] = "long shot, the whole figure small in its surroundings",
        ["WS"] = "wide shot, the surroundings larger than the figures",
        ["ELS"] = "extreme wide shot, the figures tiny in the landscape",
        ["EWS"] = "extreme wide shot, the figures tiny in the landscape",
        ["EST"] = "establishing shot of the whole place",
        ["OTS"] = "over-the-shoulder shot, past a shoulder in the foreground",
        ["POV"] = "point of view of the character, who is not seen",
        ["2S"] = "two-shot, both figures together",
        ["INS"] = "insert of the detail alone",
        ["HA"] = "high angle, seen from above",
        ["LA"] = "low angle, seen from below",
        ["BEV"] = "bird's-eye view, straight from above",
    };

    /// <summary>The shot in words; what is no abbreviation stays as it is written.</summary>
    public static string Expand(string shot) => Abbreviation.Replace(shot.Trim(), match => Names.GetValueOrDefault(match.Value, match.Value));

    [GeneratedRegex(@"\b[A-Z0-9]{2,3}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Abbreviation { get; }
}
