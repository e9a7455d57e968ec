using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation;

/// <summary>
/// The main path, second half: Make runs under the job's own token and ends when every image that was paid for is safe. It
/// knows nothing of the caller but the plan.
/// </summary>
internal sealed class RenderJobHandler(
    InputPreparation preparation,
    BackendConcurrencyLimiter limiter,
    JobStateWriter state,
    JobReservations reservations,
    RequestValidator validator,
    BackendFallback fallback,
    SecondPictureRenderer secondPicture,
    ImageRecorder recorder,
    PostProcessor postProcessor,
    TimeProvider clock) : IJobHandler
{
    public async Task ExecuteAsync(Job job, CancellationToken cancellationToken)
    {
        var sink = new JobRenderSink(job, recorder, state, reservations);
        try
        {
            var outcome = job.Resumed is null ? await RenderAsync(job, sink, cancellationToken) : await ResumeAsync(job, sink, cancellationToken);
            if (sink.StoredCount != job.Plan.Request.Count)
            {
                job.AddWarning($"The service drew {sink.StoredCount} of {job.Plan.Request.Count} images, and said that all is well.");
            }
            else if (job.Plan.Request.HasSecondPicture)
            {
                outcome = await secondPicture.RenderAsync(job, sink, outcome, cancellationToken);
            }

            job.RecordOutcome(outcome);
        }
        finally
        {
            // What arrived before a failure is paid for, and becomes what the caller asked for all the same.
            await postProcessor.ProcessAsync(job, sink.Unprocessed);
        }
    }

    /// <summary>At the planned backend, and where that failed and nothing was billed, at the next that admits the same request.</summary>
    private async Task<RenderOutcome> RenderAsync(Job job, JobRenderSink sink, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await RenderOnceAsync(job, sink, cancellationToken);
            }
            catch (ImageException failed) when (!sink.HasImages && (fallback.FindModel(job.Plan, failed) is not null || fallback.IsAllowedAfter(failed.Failure)))
            {
                var (next, skipped) = fallback.FindModel(job.Plan, failed) is { } byModel ? (byModel, "") : await fallback.FindNextAsync(job.Plan, cancellationToken);
                if (next is null)
                {
                    throw skipped is "" ? failed : new ImageException(failed.Failure with { Message = $"{failed.Failure.Message}{skipped}" }, failed);
                }

                job.AddWarning(BackendFallback.Describe(job.Plan, failed.Failure, next, skipped));
                await reservations.ChangePlanAsync(job, next);

                // It would mean nothing to the next service, or something else.
                job.RecordCheckpoint(null);
            }
        }
    }

    private async Task<RenderOutcome> RenderOnceAsync(Job job, JobRenderSink sink, CancellationToken cancellationToken)
    {
        var plan = job.Plan;
        var inputs = await preparation.PrepareAsync(plan.Validated.Profile.Inputs, plan.Request, plan.Inputs, plan.Region, cancellationToken);
        using var slot = await limiter.AcquireAsync(plan.Backend.Name, plan.Caller.Owner, job.ReportQueuePosition, cancellationToken);
        job.EnterStage(JobStage.Sending);
        if (plan.Backend is not IResumableBackend)
        {
            await state.MarkSendingAsync(job);
        }

        return await RenderTransparencyAsync(job, inputs, sink, cancellationToken);
    }

    /// <summary>Goes on with what another process has sent.</summary>
    private async Task<RenderOutcome> ResumeAsync(Job job, JobRenderSink sink, CancellationToken cancellationToken)
    {
        var (plan, (checkpoint, stored)) = (job.Plan, job.Resumed!.Value);
        using var slot = await limiter.AcquireAsync(plan.Backend.Name, plan.Caller.Owner, job.ReportQueuePosition, cancellationToken);
        return await ((IResumableBackend)plan.Backend).ResumeAsync(checkpoint, plan.Validated, stored, sink, cancellationToken);
    }

    /// <summary>Where the service refuses transparency, which costs nothing, the subject is drawn once on a plain backdrop and cut out.</summary>
    private async Task<RenderOutcome> RenderTransparencyAsync(Job job, RenderInputs inputs, JobRenderSink sink, CancellationToken cancellationToken)
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

            await state.MarkSendingAsync(job);
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
