using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests;

/// <summary>Panels that tell something in order, as they are kept. What was drawn never changes: a panel that is drawn anew gets a further version.</summary>
public sealed record Storyboard
{
    public const int MinPanels = 2;

    /// <summary>More would be too small on one board.</summary>
    public const int MaxPanels = 24;

    /// <summary>board_ and letters.</summary>
    public required string Id { get; init; }

    public required string Owner { get; init; }

    public string? Title { get; init; }

    /// <summary>How every panel is rendered, in words; may mention an entry of the cast.</summary>
    public string? Style { get; init; }

    /// <summary>Of panels without one of their own: the name of a preset, or width and height in pixels as in 1920x1080.</summary>
    public required string Size { get; init; }

    public required ImageQuality Quality { get; init; }

    /// <summary>Images that go with every panel; once the board is kept, each by its id.</summary>
    public IReadOnlyList<Reference> References { get; init; } = [];

    /// <summary>In reading order.</summary>
    public required IReadOnlyList<StoryboardPanel> Panels { get; init; }

    public required DateTimeOffset Changed { get; init; }

    /// <summary>The changes that it has had, by their ids, the last at the end: none is made twice.</summary>
    public IReadOnlyList<string> Changes { get; init; } = [];

    /// <summary>What will be the number in the id of the next new panel.</summary>
    public int NextPanel { get; init; } = 1;

    /// <summary>The panel's picture, by its id, that shows what all look like which nothing else tells it; it stays the same as the board changes. Null until there is one.</summary>
    public string? Look { get; init; }

    /// <summary>The picture of the whole board, by its id; null until there is one.</summary>
    public string? Picture { get; init; }

    /// <summary>The picture that shows what all look like: that of <see cref="Look"/>, or the first that there is; null where there is none.</summary>
    public PanelVersion? FindLook() => Panels.SelectMany(panel => panel.Versions).FirstOrDefault(version => version.Image == Look) ?? Panels.Select(panel => panel.Shown).FirstOrDefault(shown => shown is not null);

    /// <summary>The same with one panel changed; unchanged where that is gone.</summary>
    public Storyboard WithPanel(string id, Func<StoryboardPanel, StoryboardPanel> change) => this with { Panels = [.. Panels.Select(panel => panel.Id == id ? change(panel) : panel)] };
}

/// <summary>One panel and everything that was drawn for it.</summary>
/// <param name="Id">p and a number. It stays, while the panel's place on the board may change.</param>
public sealed record StoryboardPanel(string Id, PanelWords Words)
{
    /// <summary>Oldest first.</summary>
    public IReadOnlyList<PanelVersion> Versions { get; init; } = [];

    /// <summary>The number of the version on the board; null where nothing was drawn yet.</summary>
    public int? Active { get; init; }

    /// <summary>What is being drawn, or failed; null where the last attempt became a version.</summary>
    public PanelAttempt? Attempt { get; init; }

    [JsonIgnore]
    public PanelVersion? Shown => Versions.FirstOrDefault(version => version.Number == Active);
}

/// <summary>What a panel shows and says. All but the action may be null.</summary>
public sealed record PanelWords
{
    public required string Action { get; init; }

    /// <summary>How much of the subject is seen, and from where: CU, WS, OTS, or in words.</summary>
    public string? Shot { get; init; }

    /// <summary>How the camera stands or moves.</summary>
    public string? Camera { get; init; }

    /// <summary>On the strip below the picture, never in it.</summary>
    public string? Dialogue { get; init; }

    /// <inheritdoc cref="Dialogue"/>
    public string? Caption { get; init; }

    /// <summary>In seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Null for the board's.</summary>
    public string? Size { get; init; }
}

/// <summary>A picture that was drawn for a panel.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Change">The change that had it drawn.</param>
/// <param name="Job">The job that drew it.</param>
/// <param name="Image">Its id.</param>
/// <param name="Words">As they were when it was drawn.</param>
/// <param name="Usd">What it cost; null where that is unknown.</param>
/// <param name="Credits">What it cost in the service's own credits, where it counts in them.</param>
public sealed record PanelVersion(int Number, string Change, string Job, string Image, PanelWords Words, decimal? Usd, decimal? Credits)
{
    /// <summary>The board's style when it was drawn.</summary>
    public string? Style { get; init; }
}

/// <summary>The drawing of a panel that has not become a version.</summary>
/// <param name="Change">The change that wants it drawn.</param>
/// <param name="Job">The job that draws it, which is written down before it starts; null before.</param>
/// <param name="Tries">How many jobs have failed before without a bill.</param>
/// <param name="Failure">Why it was given up; null while it is not.</param>
public sealed record PanelAttempt(string Change, string? Job = null, int Tries = 0, Failure? Failure = null);
