using GptImage2.Generation.Inputs;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Uploads;

namespace GptImage2.Generation;

/// <summary>
/// The main path, first half: Ask runs under the caller's token and ends when the caller stops waiting. The second half is
/// <see cref="RenderJobHandler"/>.
/// </summary>
public sealed class ImageWorkflow(
    JobPlanner planner,
    InputImageResolver inputs,
    SpendingCaps caps,
    UploadStore uploads,
    JobScheduler scheduler,
    JobQueries queries)
{
    /// <summary>Decides everything and spends nothing: a dry run ends here.</summary>
    /// <exception cref="ImageException">The request breaks a rule, names an image that cannot be read, or a place where no copy may go.</exception>
    public Task<JobPlan> PlanAsync(Caller caller, string tool, ImageRequest request, CancellationToken cancellationToken) =>
        planner.PlanAsync(caller, tool, request, cancellationToken);

    /// <summary>Why the plan would exceed a spending cap right now, or null.</summary>
    public async Task<Failure?> CheckSpendingAsync(JobPlan plan, CancellationToken cancellationToken) =>
        caps.CheckPerCallCap(plan.Price) ?? await queries.CheckDailyCapAsync(plan.Caller, plan.Price, cancellationToken);

    /// <summary>Why the plan would exceed a spending cap if the model itself made it, in a few words, or null.</summary>
    public async Task<string?> DescribeExcessWithKeyAsync(JobPlan plan, CancellationToken cancellationToken) => plan.PriceWithKey is { } price
        ? caps.DescribePerCallExcess(price) ?? await queries.DescribeDailyExcessAsync(plan.Caller, price, cancellationToken)
        : null;

    /// <summary>Starts the plan, or joins the job that is already making it, and waits for it.</summary>
    /// <param name="fresh">Never join.</param>
    /// <param name="receivedAt">When the call arrived, before any of its work: a job whose result was collected only later is joined.</param>
    /// <param name="observer">Receives the job at once, at every change, and every few seconds.</param>
    /// <returns>The job when it is over, or as it is when the wait timed out.</returns>
    /// <exception cref="ImageException">The plan is above a spending cap; nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the job goes on.</exception>
    public async Task<JobSnapshot> AskAsync(JobPlan plan, bool fresh, DateTimeOffset receivedAt, TimeSpan timeout, IProgress<JobSnapshot> observer, CancellationToken cancellationToken)
    {
        if (caps.CheckPerCallCap(plan.Price) is { } failure)
        {
            throw new ImageException(failure);
        }

        await KeepUploadsAsync(plan, cancellationToken);
        var stored = plan with { Inputs = await inputs.StoreAsync(plan.Inputs, cancellationToken) };
        var job = await scheduler.StartOrJoinAsync(stored, fresh, receivedAt, cancellationToken);
        return await queries.WaitAsync(job, timeout, observer, cancellationToken);
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
