namespace GptImage2.Generation.Requests;

/// <summary>A plain colour to draw a subject on, so that it can be cut out afterwards.</summary>
/// <param name="Name">What the prompt calls it.</param>
public sealed record ChromaKey(string Name, Colour Colour)
{
    /// <summary>Words that make a colour a bad choice, because the subject has that colour.</summary>
    private static readonly (ChromaKey Backdrop, string[] Avoid)[] Candidates =
    [
        (new("pure green (#00B140)", new Colour(0x00, 0xB1, 0x40)),
        [
            "green", "emerald", "lime", "olive", "mint", "jade", "teal", "turquoise", "plant", "leaf", "leaves", "tree", "grass", "frog",
            "forest", "moss", "cactus", "dragon", "turtle", "avocado", "salad", "herb", "succulent", "bottle", "vine", "orc", "goblin", "military",
        ]),
        (new("pure magenta (#FF00B8)", new Colour(0xFF, 0x00, 0xB8)),
        [
            "magenta", "pink", "purple", "violet", "fuchsia", "rose", "lavender", "plum", "flower", "orchid", "berry", "lipstick", "flamingo",
            "unicorn", "neon", "sakura", "lips", "makeup",
        ]),
        (new("pure blue (#0047FF)", new Colour(0x00, 0x47, 0xFF)),
        [
            "blue", "navy", "azure", "cyan", "indigo", "sapphire", "denim", "jeans", "sky", "ocean", "water", "ice", "butterfly", "uniform",
        ]),
    ];

    /// <summary>What the prompt says about it.</summary>
    public string PromptText =>
        $"The subject stands alone, complete and centred with free space on all sides, on a perfectly flat, evenly lit backdrop of one colour, {Name}, " +
        "from edge to edge: no floor, no horizon, no gradient, no texture, no cast shadow, no reflection. " +
        "That colour appears nowhere on the subject, not as light or reflection either, and its outline is crisp.";

    /// <summary>The colour that the fewest words of a prompt suggest; the same prompt gives the same colour.</summary>
    public static ChromaKey ChooseFor(string prompt)
    {
        var words = prompt.ToLowerInvariant().Split((char[])[' ', '\n', '\t', ',', '.', ';', ':', '!', '?', '"', '\'', '(', ')', '-', '/'], StringSplitOptions.RemoveEmptyEntries);
        return Candidates.MinBy(choice => words.Count(word => choice.Avoid.Any(avoid => word == avoid || word == avoid + "s"))).Backdrop;
    }
}
