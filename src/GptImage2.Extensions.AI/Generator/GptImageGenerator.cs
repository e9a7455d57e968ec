using GptImage2.Generation;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;

namespace GptImage2.Extensions.AI.Generator;

/// <summary>
/// The whole pipeline as an image generator: constraints, price and caps, the job that outlives its caller, the store, and pasting back. Every
/// expected failure is an <see cref="ImageException"/> that says what to do and whether it was billed.
/// </summary>
public sealed class GptImageGenerator(
    ImageWorkflow workflow, BackendRegistry backends, SpendingCaps caps, JobScheduler jobs, JobOptions options, RecoveryService recovery, IImageStore store, TimeProvider clock) : IImageGenerator, IAsyncDisposable
{
    private readonly ImageGeneratorMetadata _metadata = new("gptimage2", null, backends.Default.Profile.Model);
    private readonly RequestFactory _requests = new(backends.Default.Profile);
    private readonly ResponseFactory _responses = new(store);

    /// <summary>Makes the images, or joins the call that is already making them.</summary>
    /// <param name="options"><see cref="GptImageOptions"/> for everything that can be asked for.</param>
    /// <exception cref="ImageException">The request breaks a rule or a spending cap, and nothing was sent; or no image was made.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up. What was sent goes on, because it is billed anyway: the same call gets it.</exception>
    public async Task<ImageGenerationResponse> GenerateAsync(ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (given, receivedAt) = (GptImageOptions.From(options), clock.GetUtcNow());
        recovery.Start();
        using var plan = await PlanAsync(request, given, cancellationToken);
        if (caps.GetConfirmation(plan.Price) is { CannotAsk: var refusal })
        {
            throw new ImageException(refusal);
        }

        var job = await workflow.AskAsync(plan, given.Fresh, receivedAt, Timeout.InfiniteTimeSpan, given.Progress ?? new NoProgress(), cancellationToken);
        var response = job.Images is not [] ? await _responses.CreateAsync(job, given.ResponseFormat, cancellationToken) : null;
        await jobs.MarkCollectedAsync(job.Id, clock.GetUtcNow());
        return response ?? throw new ImageException(job.Failure ?? CreateEmptyFailure(job));
    }

    /// <summary>What a call would cost. It is checked and planned, nothing is spent or sent.</summary>
    /// <exception cref="ImageException">The request breaks a rule.</exception>
    public async Task<Price> EstimateAsync(ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var plan = await PlanAsync(request, GptImageOptions.From(options), cancellationToken);
        return plan.Price;
    }

    /// <summary>Itself, its metadata, the <see cref="ModelProfile"/> that requests are checked against, and the <see cref="ImageWorkflow"/> below.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ImageGeneratorMetadata) ? _metadata
            : serviceType == typeof(ModelProfile) ? backends.Default.Profile
            : serviceType == typeof(ImageWorkflow) ? workflow
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: it lives as long as the services it comes from.</summary>
    public void Dispose()
    {
    }

    /// <summary>Waits for what is being made, as long as the settings say; what is left then is recorded as interrupted.</summary>
    public async ValueTask DisposeAsync()
    {
        jobs.BeginShutdown();
        await jobs.DrainAsync(options.Drain);
    }

    private async Task<JobPlan> PlanAsync(ImageGenerationRequest request, GptImageOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (tool, wanted) = _requests.Create(request, options);
        return await workflow.PlanAsync(options.Owner is { } owner ? Caller.Local with { Owner = owner } : Caller.Local, tool, wanted, cancellationToken);
    }

    private static Failure CreateEmptyFailure(JobSnapshot job) =>
        new() { Code = FailureCode.Internal, Message = $"Job {job.Id} has ended without an image.", Billed = job.MayBeBilled ? Billing.Unknown : Billing.No };

    private sealed class NoProgress : IProgress<JobSnapshot>
    {
        public void Report(JobSnapshot value)
        {
        }
    }
}
