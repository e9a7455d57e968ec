using GptImage2.Generation.Requests.Backdrops;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Requests;

/// <summary>A plain colour to draw a subject on, so that it can be cut out afterwards.</summary>
/// <param name="Name">What the prompt calls it.</param>
public sealed record ChromaKey(string Name, Colour Colour)
{
    /// <summary>In the order of preference.</summary>
    private static readonly ChromaKey[] All =
    [
        new("pure green (#00B140)", new Colour(0x00, 0xB1, 0x40)),
        new("pure magenta (#FF00B8)", new Colour(0xFF, 0x00, 0xB8)),
        new("pure blue (#0047FF)", new Colour(0x00, 0x47, 0xFF)),
    ];

    /// <summary>Behind the first picture of a translucent subject.</summary>
    public static ChromaKey White { get; } = new("pure white (#FFFFFF)", Colour.White);

    /// <summary>Behind the second.</summary>
    public static ChromaKey Black { get; } = new("pure black (#000000)", Colour.Black);

    /// <summary>The word of a prompt that keeps this backdrop from being chosen.</summary>
    [JsonIgnore]
    public string HueName => Name.Split(' ')[1];

    /// <summary>In degrees.</summary>
    [JsonIgnore]
    public double Hue => Colour.Hue;

    /// <summary>What the prompt says about it.</summary>
    public string PromptText =>
        $"The subject stands alone, complete and centred with free space on all sides, on a perfectly flat, evenly lit backdrop of one colour, {Name}, " +
        "from edge to edge: no floor, no horizon, no gradient, no texture, no cast shadow, no reflection. " +
        "That colour appears nowhere on the subject, not as light or reflection either, and its outline is crisp.";

    /// <summary>What the prompt says about it where something new is drawn beside what is there.</summary>
    public string PatchPromptText =>
        $"Image 1 is shown on a perfectly flat backdrop of one colour, {Name}, which is cut away afterwards. Inside the masked region that backdrop stays all around what is drawn there, " +
        "evenly lit: no floor, no horizon, no texture, no cast shadow, no reflection. That colour appears nowhere on what is drawn, not as light either, and its outline is crisp.";

    /// <summary>The backdrop farthest from all hues that a prompt speaks of, green where it speaks of none; the same prompt gives the same one.</summary>
    public static ChromaKey ChooseFor(string prompt) => RankFor(prompt).First();

    /// <summary>The same for something that is drawn beside what an image already shows: one whose hue is not in the image, where there is one.</summary>
    /// <param name="image">With alpha.</param>
    public static ChromaKey ChooseFor(string prompt, Image image) =>
        RankFor(prompt).FirstOrDefault(backdrop => BackdropShare.Measure(image, backdrop.Hue) < BackdropShare.Max) ?? RankFor(prompt).MinBy(backdrop => BackdropShare.Measure(image, backdrop.Hue))!;

    private static IEnumerable<ChromaKey> RankFor(string prompt)
    {
        var hues = HueWords.FindIn(prompt);
        return hues is [] ? All : All.OrderByDescending(backdrop => hues.Min(hue => HueWords.Distance(hue, backdrop.Hue)));
    }

    /// <summary>What a second try would be drawn on whose prompt says that the subject has this backdrop's hue.</summary>
    public ChromaKey ChooseInstead(string prompt) => ChooseFor($"{prompt} {HueName}");
}
