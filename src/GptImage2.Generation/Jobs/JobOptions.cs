namespace GptImage2.Generation.Jobs;

/// <summary>How long callers and the process wait for jobs.</summary>
public sealed record JobOptions
{
    /// <summary>How long a call waits for its images before it returns with the job still running.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long the process waits for running jobs once its client has gone.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a job that was sent is given up when the last call that waited for it is cancelled. It is billed all the same.</summary>
    public bool AbortOnCancel { get; init; }

    /// <summary>Simultaneous renders at one backend; further ones queue.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Longest silence towards a waiter.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(4);
}
