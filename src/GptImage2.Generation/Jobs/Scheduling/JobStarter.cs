using GptImage2.Generation.Inputs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Uploads;

namespace GptImage2.Generation.Jobs.Scheduling;

/// <summary>From a plan to a job: it is within the caps, and what it is made from stays as it is.</summary>
public sealed class JobStarter(InputImageResolver inputs, SpendingCaps caps, UploadStore uploads, JobScheduler scheduler)
{
    /// <summary>Starts the plan, or joins the job that is already making it.</summary>
    /// <param name="fresh">Never join.</param>
    /// <param name="receivedAt">When the call arrived.</param>
    /// <param name="id">What the job is to be called; null for an id of its own.</param>
    /// <exception cref="ImageException">The plan is above a spending cap, an image of it is gone, or it cannot be recorded; nothing was sent.</exception>
    public async Task<JobHandle> StartAsync(JobPlan plan, bool fresh, DateTimeOffset receivedAt, string? id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (caps.CheckPerCallCap(plan.TotalPrice) is { } failure)
        {
            throw new ImageException(failure);
        }

        await KeepUploadsAsync(plan, cancellationToken);
        var stored = plan with { Inputs = await inputs.StoreAsync(plan.Inputs, cancellationToken) };
        return await scheduler.StartOrJoinAsync(stored, fresh, receivedAt, cancellationToken, id);
    }

    /// <summary>An upload that a job is made from stays, as the caller's other images do.</summary>
    private async Task KeepUploadsAsync(JobPlan plan, CancellationToken cancellationToken)
    {
        var images = plan.Inputs.Select(input => (input.Reference.Argument, input.Resolved.Record)).Append(("mask", plan.Mask));
        foreach (var (argument, record) in images)
        {
            if (record is not null && !await uploads.KeepAsync(record, cancellationToken))
            {
                throw InputImageErrors.ImageNotFound(argument, record.Id);
            }
        }
    }
}
