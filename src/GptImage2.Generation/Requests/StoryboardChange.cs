using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests;

/// <summary>What is to become of a board. Numbers of panels are those on the board before the change. What is null stays.</summary>
public sealed record StoryboardChange
{
    /// <summary>Empty for none.</summary>
    public string? Title { get; init; }

    /// <summary>For what is drawn from now on; empty for none.</summary>
    public string? Style { get; init; }

    /// <summary>For what this change draws.</summary>
    public ImageQuality? Quality { get; init; }

    public IReadOnlyList<PanelEdit> Panels { get; init; } = [];

    public IReadOnlyList<int> Remove { get; init; } = [];

    /// <summary>All panels that stay, in their new order; new ones stand where they are put. Null to leave the order.</summary>
    public IReadOnlyList<int>? Order { get; init; }

    /// <summary>Whether nothing is to change, so that only what is missing is drawn.</summary>
    [JsonIgnore]
    public bool IsEmpty => this is { Title: null, Style: null, Quality: null, Panels: [], Remove: [], Order: null };
}

/// <summary>A panel to change, or a new one.</summary>
public sealed record PanelEdit
{
    /// <summary>Its number; null for a new one.</summary>
    public int? Panel { get; init; }

    /// <summary>The number of the panel behind which a new one comes, 0 for the beginning; null for one that is there.</summary>
    public int? After { get; init; }

    public string? Action { get; init; }

    public string? Shot { get; init; }

    public string? Camera { get; init; }

    public string? Dialogue { get; init; }

    public string? Caption { get; init; }

    /// <summary>In seconds; 0 takes it away.</summary>
    public double? Duration { get; init; }

    public string? Size { get; init; }

    /// <summary>The version to put on the board, which draws nothing.</summary>
    public int? Version { get; init; }

    /// <summary>Whether to draw it anew; null where what else is given says it.</summary>
    public bool? Redraw { get; init; }

    /// <summary>Where it stands among the arguments, for error texts: "panels[0]".</summary>
    public required string Argument { get; init; }

    /// <summary>What is below the picture changes nothing in it; a panel that is named without anything else is to be drawn anew.</summary>
    [JsonIgnore]
    public bool MustDraw => Redraw ?? (Version is null && (Action is not null || Shot is not null || Camera is not null || Size is not null || (Dialogue is null && Caption is null && Duration is null)));

    /// <summary>The words with what is given in place of what was; an empty text takes one away.</summary>
    public PanelWords ApplyTo(PanelWords words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return words with
        {
            Action = Action ?? words.Action,
            Shot = Choose(Shot, words.Shot),
            Camera = Choose(Camera, words.Camera),
            Dialogue = Choose(Dialogue, words.Dialogue),
            Caption = Choose(Caption, words.Caption),
            Duration = Duration is 0 ? null : Duration ?? words.Duration,
            Size = Choose(Size, words.Size),
        };
    }

    private static string? Choose(string? given, string? before) => given is null ? before : string.IsNullOrWhiteSpace(given) ? null : given;
}
