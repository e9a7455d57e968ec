using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;

namespace GptImage2.Generation;

/// <summary>
/// The main path, first half: Ask runs under the caller's token and ends when the caller stops waiting. The second half is
/// <see cref="RenderJobHandler"/>.
/// </summary>
public sealed class ImageWorkflow(JobPlanner planner, SpendingCaps caps, JobStarter starter, JobQueries queries)
{
    /// <summary>Decides everything and spends nothing: a dry run ends here.</summary>
    /// <exception cref="ImageException">The request breaks a rule, names an image that cannot be read, or a place where no copy may go.</exception>
    public Task<JobPlan> PlanAsync(Caller caller, string tool, ImageRequest request, CancellationToken cancellationToken) =>
        planner.PlanAsync(caller, tool, request, cancellationToken);

    /// <summary>Why the plan would exceed a spending cap right now, or null.</summary>
    public async Task<Failure?> CheckSpendingAsync(JobPlan plan, CancellationToken cancellationToken) =>
        caps.CheckPerCallCap(plan.TotalPrice) ?? await queries.CheckDailyCapAsync(plan.Caller, plan.TotalPrice, cancellationToken);

    /// <summary>Why the plan would exceed a spending cap if the model itself made it, in a few words, or null.</summary>
    public async Task<string?> DescribeExcessWithKeyAsync(JobPlan plan, CancellationToken cancellationToken) => plan.TotalPriceWithKey is { } price
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
        // The panels of a board reserve what they may cost one by one; a board that cannot be finished today is not begun.
        if (plan.Panels is not [] && await queries.CheckDailyCapAsync(plan.Caller, plan.TotalPrice, cancellationToken) is { } excess)
        {
            throw new ImageException(excess);
        }

        var job = await starter.StartAsync(plan, fresh, receivedAt, id: null, cancellationToken);
        return await queries.WaitAsync(job, timeout, observer, cancellationToken);
    }
}
