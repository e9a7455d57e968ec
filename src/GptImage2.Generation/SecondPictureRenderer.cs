using GptImage2.Generation.Inputs;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation;

/// <summary>
/// Has the second picture of a translucent subject drawn, once the first is stored: the same on black, as an edit of it, at the backend that drew
/// the first. Both are solved when all is drawn; without the second the first is cut out by its backdrop.
/// </summary>
internal sealed class SecondPictureRenderer(
    InputPreparation preparation, BackendConcurrencyLimiter limiter, JobStateWriter state, IImageStore store, IInputStore inputStore, TimeProvider clock)
{
    /// <param name="first">What the service reported of the first picture, which is paid for whatever happens here.</param>
    /// <returns>The same of both pictures together; without what it cost where the second failed and may be billed.</returns>
    /// <exception cref="OperationCanceledException">The job was cancelled, or this process ends.</exception>
    public async Task<RenderOutcome> RenderAsync(Job job, JobRenderSink sink, RenderOutcome first, CancellationToken cancellationToken)
    {
        sink.BeginSecondPicture(first.Credits ?? 0);
        try
        {
            return first.Add(await RenderAsync(job, sink, sink.Unprocessed[0], cancellationToken));
        }
        catch (ImageException failed)
        {
            job.AddWarning($"The second picture, on black, could not be drawn: {failed.Failure.Message} {DescribeBilling(failed.Failure.Billed)}");
            return failed.Failure.Billed is Billing.No ? first : new RenderOutcome(Usage: null, first.RequestId);
        }
    }

    private async Task<RenderOutcome> RenderAsync(Job job, JobRenderSink sink, ImageRecord white, CancellationToken cancellationToken)
    {
        var (plan, profile) = (job.Plan, job.Plan.Validated.Profile);
        var request = SecondPicture.Create(plan.Request, white.Id);
        var inputs = await preparation.PrepareAsync(profile.Inputs, request, [await CreateInputAsync(request.References[0], white, cancellationToken)], region: null, cancellationToken);

        // It has had its turn: those who wait see no queue again.
        using var slot = await limiter.AcquireAsync(plan.Backend.Name, plan.Caller.Owner, _ => { }, cancellationToken);
        job.EnterStage(JobStage.Sending);
        await state.MarkSendingAsync(job);
        return await InferenceTelemetry.RenderAsync(plan.Backend, RequestValidator.AssumeValid<ImageRequest>(request, profile), inputs, sink, clock, cancellationToken);
    }

    private async Task<InputImage> CreateInputAsync(Reference reference, ImageRecord white, CancellationToken cancellationToken)
    {
        using var resolved = new ResolvedImage(reference.Argument, store.Open(white.File), white);
        return new InputImage
        {
            Reference = reference,
            Resolved = resolved,
            Header = resolved.ReadHeader(),
            Stored = await resolved.StoreAsync(inputStore, cancellationToken),
        };
    }

    private static string DescribeBilling(Billing billed) => billed switch
    {
        Billing.No => "It was not billed; the first is.",
        Billing.Yes => "It is billed, as the first is.",
        _ => "It may be billed; the first is.",
    };
}
