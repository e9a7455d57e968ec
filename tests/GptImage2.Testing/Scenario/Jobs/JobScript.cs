using GptImage2.Imaging;

namespace GptImage2.Testing.Scenario.Jobs;

/// <summary>What becomes of one job. The default does what Scenario does when all is well.</summary>
public sealed record JobScript
{
    /// <summary>What it is called on its way, one word for each time that it is asked about.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = ["queued", "warming-up", "in-progress", "finalizing"];

    /// <summary>How it ends.</summary>
    public string End { get; init; } = "success";

    /// <summary>The last status on its way lasts until this task ends.</summary>
    public Task Until { get; init; } = Task.CompletedTask;

    /// <summary>With an end other than success: Scenario's words.</summary>
    public string? Error { get; init; }

    /// <summary>With an end other than success: it is charged all the same.</summary>
    public bool DisableRefund { get; init; }

    /// <summary>Draws so many images whatever was asked.</summary>
    public int? Count { get; init; }

    /// <summary>Draws this size whatever was asked.</summary>
    public Dimensions? Size { get; init; }

    /// <summary>Charges so many creative units whatever was said.</summary>
    public decimal? Cost { get; init; }
}
