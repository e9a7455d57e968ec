namespace GptImage2.Generation.Jobs;

/// <summary>Does the work of a job. Scheduling knows no more of it.</summary>
public interface IJobHandler
{
    /// <param name="cancellationToken">The job's own token, never a caller's.</param>
    Task ExecuteAsync(Job job, CancellationToken cancellationToken);
}
