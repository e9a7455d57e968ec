using GptImage2.Generation.Inputs;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
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
    /// <param name="observer">Receives the job at once, at every change, and every few seconds.</param>
    /// <returns>The job when it is over, or as it is when the wait timed out.</returns>
    /// <exception cref="ImageException">The plan is above a spending cap; nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the job goes on.</exception>
    public async Task<JobSnapshot> AskAsync(JobPlan plan, bool fresh, TimeSpan timeout, IProgress<JobSnapshot> observer, CancellationToken cancellationToken)
    {
        if (caps.CheckPerCallCap(plan.Price) is { } failure)
        {
            throw new ImageException(failure);
        }

        await KeepUploadsAsync(plan, cancellationToken);
        var stored = plan with { Inputs = await inputs.StoreAsync(plan.Inputs, cancellationToken) };
        var job = await scheduler.StartOrJoinAsync(stored, fresh, cancellationToken);
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

/// <summary>
/// The main path, second half: Make runs under the job's own token and ends when every image that was paid for is safe. It
/// knows nothing of the caller but the plan.
/// </summary>
internal sealed class RenderJobHandler(
    InputPreparation preparation,
    BackendConcurrencyLimiter limiter,
    JobStateWriter state,
    RequestValidator validator,
    ImageRecorder recorder,
    PostProcessor postProcessor,
    TimeProvider clock) : IJobHandler
{
    public async Task ExecuteAsync(Job job, CancellationToken cancellationToken)
    {
        var plan = job.Plan;
        var sink = new JobRenderSink(job, recorder);
        try
        {
            var inputs = await preparation.PrepareAsync(plan.Validated.Profile.Inputs, plan.Request, plan.Inputs, plan.Region, cancellationToken);
            using var slot = await limiter.AcquireAsync(plan.Backend.Name, plan.Caller.Owner, job.ReportQueuePosition, cancellationToken);
            await state.MarkSendingAsync(job);
            job.RecordOutcome(await RenderAsync(job, inputs, sink, cancellationToken));
        }
        finally
        {
            // What arrived before a failure is paid for, and becomes what the caller asked for all the same.
            await postProcessor.ProcessAsync(job, sink.Unprocessed);
        }
    }

    /// <summary>Where the service refuses transparency, which costs nothing, the subject is drawn once on a plain backdrop and cut out.</summary>
    private async Task<RenderOutcome> RenderAsync(Job job, RenderInputs inputs, JobRenderSink sink, CancellationToken cancellationToken)
    {
        var (backend, validated) = (job.Plan.Backend, job.Plan.Validated);
        try
        {
            return await InferenceTelemetry.RenderAsync(backend, validated, inputs, sink, clock, cancellationToken);
        }
        catch (ImageException refused) when (IsTransparencyRefusal(refused.Failure, validated.Request) && WithChromaKey(validated) is { } changed)
        {
            job.AddWarning("background: the service refused transparent for this model (nothing was billed), "
                + "so the subject was drawn on a plain backdrop and cut out.");
            job.ReplacePlan(job.Plan with { Validated = changed });

            // It must be durable before it is sent: it decides how a crashed job is finished.
            await state.MarkSendingAsync(job, planChanged: true);
            return await InferenceTelemetry.RenderAsync(backend, changed, inputs, sink, clock, cancellationToken);
        }
    }

    private static bool IsTransparencyRefusal(Failure failure, ImageRequest request) =>
        request.Background is ImageBackground.Transparent
        && failure is { Code: FailureCode.InvalidRequest, Argument: "background", Billed: Billing.No };

    /// <returns>The request on a plain backdrop, or null where its longer prompt is not legal.</returns>
    private Validated<ImageRequest>? WithChromaKey(Validated<ImageRequest> validated)
    {
        var request = validated.Request.WithChromaKey();
        return validator.Check(request, validated.Profile) is [] ? RequestValidator.AssumeValid(request, validated.Profile) : null;
    }
}
