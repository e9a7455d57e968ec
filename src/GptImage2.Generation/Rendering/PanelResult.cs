namespace GptImage2.Generation.Rendering;

/// <summary>What there is of one panel of a board, while it is drawn and after.</summary>
/// <param name="Number">Its place on the board, from 1.</param>
/// <param name="State">What has become of it.</param>
public sealed record PanelResult(int Number, PanelState State)
{
    /// <summary>The picture on the board, by its id; null where there is none.</summary>
    public string? Image { get; init; }

    /// <summary>The number of that version; null where there is none.</summary>
    public int? Version { get; init; }

    /// <summary>How many versions there are.</summary>
    public int Versions { get; init; }

    /// <summary>The job that draws it, drew it, or failed to; null where none was needed.</summary>
    public string? Job { get; init; }

    /// <summary>What this drawing of it cost in USD; null where that is unknown, or nothing was drawn.</summary>
    public decimal? Usd { get; init; }

    /// <summary>The same in the service's own credits, where it counts in them.</summary>
    public decimal? Credits { get; init; }

    /// <summary>The line about its shot; empty where there is none.</summary>
    public string Shot { get; init; } = "";

    /// <summary>What it shows, as far as it takes to know it by.</summary>
    public string Action { get; init; } = "";

    /// <summary>Why it was not drawn, or null.</summary>
    public Failure? Failure { get; init; }
}

/// <summary>What has become of a panel.</summary>
[JsonConverter(typeof(Json.SnakeCaseEnumConverter<PanelState>))]
public enum PanelState
{
    /// <summary>It was not to be drawn; its picture is an earlier one.</summary>
    Kept,

    /// <summary>It is being drawn, or waits for it.</summary>
    Drawing,

    /// <summary>It was drawn.</summary>
    Drawn,

    /// <summary>It could not be drawn; an earlier picture of it, if there is one, is on the board.</summary>
    Failed,

    /// <summary>There is no picture of it, and none was asked for.</summary>
    Missing,
}
