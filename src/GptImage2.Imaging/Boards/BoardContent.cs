namespace GptImage2.Imaging.Boards;

/// <summary>What is on a board.</summary>
/// <param name="Sizes">Of the images in pixels, in reading order.</param>
public sealed record BoardContent(IReadOnlyList<Dimensions> Sizes)
{
    /// <summary>More would be too small to judge.</summary>
    public const int MaxImages = 24;

    /// <summary>Under the images, in their order; images without one come after the last, or have a blank one.</summary>
    public IReadOnlyList<string> Captions { get; init; } = [];

    /// <summary>
    /// How each image is framed, as in "CU · slow push-in · 3 s": on a strip of its own below it, beside its number. One text or dialogue makes
    /// the board a storyboard, in which every image has that strip. Missing ones as with <see cref="Captions"/>.
    /// </summary>
    public IReadOnlyList<string> Shots { get; init; } = [];

    /// <summary>What is said, on a strip under the caption. Missing ones as with <see cref="Captions"/>.</summary>
    public IReadOnlyList<string> Dialogues { get; init; } = [];

    /// <summary>Images in a row; null for as many as look well.</summary>
    public int? Columns { get; init; }

    /// <summary>The number of the first image; each further one has the next.</summary>
    public int FirstNumber { get; init; } = 1;

    /// <summary>On top; null or blank for none.</summary>
    public string? Title { get; init; }

    internal bool HasTitle => !string.IsNullOrWhiteSpace(Title);

    internal bool HasCaptions => HasAny(Captions);

    internal bool HasShots => HasAny(Shots);

    internal bool HasDialogues => HasAny(Dialogues);

    internal bool IsStoryboard => HasShots || HasDialogues;

    /// <summary>Null for an image without one.</summary>
    internal string? GetCaption(int index) => Get(Captions, index);

    /// <inheritdoc cref="GetCaption"/>
    internal string? GetShot(int index) => Get(Shots, index);

    /// <inheritdoc cref="GetCaption"/>
    internal string? GetDialogue(int index) => Get(Dialogues, index);

    private static string? Get(IReadOnlyList<string> texts, int index) => texts.ElementAtOrDefault(index) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    private static bool HasAny(IReadOnlyList<string> texts) => texts.Any(text => !string.IsNullOrWhiteSpace(text));
}
