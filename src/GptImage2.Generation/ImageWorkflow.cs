using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Planning;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;

namespace GptImage2.Generation;

/// <summary>
/// The main path, in two halves. Ask runs under the caller's token and ends when the caller stops waiting; Make runs
/// under the job's own and ends when every picture that was paid for is safe. Make knows nothing of the caller but the plan.
/// </summary>
public sealed class ImageWorkflow(
    JobPlanner planner,
    InputImageResolver pictures,
    SpendingCaps caps,
    JobScheduler jobs,
    JobStateWriter book,
    InputPreparation preparation,
    BackendConcurrencyLimiter gate,
    ImageRecorder keeper,
    PostProcessor finisher,
    TransparencyFallback fallback)
{
    /// <summary>Decides everything and spends nothing: a dry run ends here.</summary>
    /// <exception cref="ImageException">The request breaks a rule, names a picture that cannot be had, or a place where no copy may go.</exception>
    public Task<JobPlan> PlanAsync(Caller caller, string tool, ImageRequest request, CancellationToken cancellationToken) =>
        planner.PlanAsync(caller, tool, request, cancellationToken);

    /// <summary>Why the plan could not be carried out as things are, or null.</summary>
    public async Task<Failure?> CheckSpendingAsync(JobPlan plan, CancellationToken cancellationToken) =>
        caps.CheckPerCallCap(plan.Price) ?? await jobs.CheckDailyCapAsync(plan.Price, cancellationToken);

    /// <summary>Starts the plan, or joins the job that is already making it, and waits as long as patience lasts.</summary>
    /// <param name="observer">Hears of the job at once, at every change, and every few seconds.</param>
    /// <param name="fresh">Never join.</param>
    /// <param name="patience">How long to wait.</param>
    /// <returns>The job as it stands when it is over, or when patience ended.</returns>
    /// <exception cref="ImageException">The plan is above a spending cap; nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the job goes on.</exception>
    public async Task<JobSnapshot> AskAsync(JobPlan plan, bool fresh, TimeSpan patience, IProgress<JobSnapshot> observer, CancellationToken cancellationToken)
    {
        caps.ThrowIfExceeded(plan.Price);
        var kept = plan with { Inputs = await pictures.StoreAsync(plan.Inputs, cancellationToken) };
        var job = await jobs.StartOrJoinAsync(kept, fresh, MakeAsync, cancellationToken);
        return await jobs.WaitAsync(job, patience, observer, cancellationToken);
    }

    private async Task MakeAsync(Job job, CancellationToken cancellationToken)
    {
        var sink = new JobRenderSink(job, keeper);
        try
        {
            var inputs = await preparation.PrepareAsync(job.Plan.Validated.Profile.Inputs, job.Plan.Inputs, job.Plan.Region, cancellationToken);
            using var room = await gate.AcquireAsync(job.Plan.Backend.Name, job.ReportQueuePosition, cancellationToken);
            await book.MarkSendingAsync(job);
            job.RecordOutcome(await fallback.RenderAsync(job, inputs, sink, cancellationToken));
        }
        finally
        {
            // What arrived before a failure is paid for, and becomes what the caller asked for all the same.
            await finisher.ProcessAsync(job, sink.Unprocessed);
        }
    }
}
