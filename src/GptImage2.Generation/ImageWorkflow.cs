using GptImage2.Generation.Constraints;
using GptImage2.Generation.Finishing;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;

namespace GptImage2.Generation;

/// <summary>
/// The main path, in two halves. Ask runs under the caller's token and ends when the caller stops waiting; Make runs
/// under the job's own and ends when every picture that was paid for is safe. Make knows nothing of the caller but the plan.
/// </summary>
public sealed class ImageWorkflow(
    IImageBackend backend,
    ConstraintSet constraints,
    CopyPlaces copies,
    SpendingCaps caps,
    JobBoard jobs,
    Keeper keeper,
    Finisher finisher,
    JobOptions options)
{
    /// <summary>Decides everything and spends nothing: a dry run ends here.</summary>
    /// <exception cref="Failures.InvalidRequestException">The request breaks a rule, or asks for a copy where none may go.</exception>
    public JobPlan Plan(Caller caller, string tool, ImageRequest request)
    {
        var validated = constraints.Validate(request, backend.Profile);
        return new JobPlan
        {
            Caller = caller,
            Tool = tool,
            Backend = backend,
            Validated = validated,
            CopyTo = copies.Resolve(caller, request.Delivery),
            Price = PriceList.Of(validated),
            Warnings = [.. PlanWarnings.Of(validated)],
        };
    }

    /// <summary>Starts the plan, or joins the job that is already making it, and waits as long as patience lasts.</summary>
    /// <param name="observer">Hears of the job at once, at every change, and every few seconds.</param>
    /// <returns>The job as it stands when it is over, or when patience ended.</returns>
    /// <exception cref="Failures.ImageException">The plan is above a spending cap; nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the job goes on.</exception>
    public Task<JobView> AskAsync(JobPlan plan, IProgress<JobView> observer, CancellationToken cancellationToken)
    {
        caps.Allow(plan.Price);
        var job = jobs.StartOrJoin(plan, MakeAsync);
        return job.WaitAsync(options.Wait, options.Heartbeat, observer, cancellationToken);
    }

    private async Task MakeAsync(Job job, CancellationToken cancellationToken)
    {
        var sink = new KeepingSink(job, keeper, Finisher.IsNeeded(job.Plan.Request));
        try
        {
            job.Settle(await job.Plan.Backend.RenderAsync(job.Plan.Validated, RenderInputs.None, sink, cancellationToken));
        }
        finally
        {
            // What arrived before a failure is paid for, and becomes what the caller asked for all the same.
            await finisher.FinishAsync(job, sink.Unfinished);
        }
    }
}
