namespace GptImage2.Generation.Jobs;

/// <summary>Runs a job from its start, or from where another process has left it, to an end that is recorded.</summary>
public interface IJobRunner
{
    /// <param name="stopping">Triggered when the process ends.</param>
    Task RunAsync(Job job, CancellationToken stopping);
}
