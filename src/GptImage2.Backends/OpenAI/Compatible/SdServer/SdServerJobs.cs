using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Backends.OpenAI.Compatible.Requests;
using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Backends.OpenAI.Compatible.SdServer;

/// <summary>
/// The jobs of stable-diffusion.cpp's server (its api.md, 2026-11): a job is started once, asked about until it is over, and cancelled when
/// its caller gives up. Nothing costs money, but drawing keeps the machine busy for minutes.
/// </summary>
internal sealed class SdServerJobs(CompatibleOptions options, ImagesService service, HttpClient http, TimeProvider time, Random random)
{
    /// <summary>So many questions in a row may fail before the job counts as lost.</summary>
    private const int MaxSilence = 5;

    private static readonly TimeSpan CancelPatience = TimeSpan.FromSeconds(10);

    private readonly OpenAIErrorTexts _texts = new(service);
    private readonly SdServerClient _client = new(options, service, http, time);

    /// <inheritdoc cref="IImageBackend.RenderAsync"/>
    public async Task<RenderOutcome> RenderAsync(Validated<ImageRequest> validated, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        var arguments = new ImageArgumentNames(validated.Request);
        sink.Report(RenderStage.Sending);
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        string? job = null;
        try
        {
            var body = CreateBody(validated, inputs, arguments);
            var retry = RetryPolicy.Create(time, random, () => sink.Report(RenderStage.Sending));
            job = await retry.ExecuteAsync(async token => await _client.StartAsync(body, () => sink.Report(RenderStage.Drawing), arguments, token), linked.Token);
            await using var images = new RenderSinkTarget(sink);
            await WaitAsync(job, images, sink, linked.Token);
            return images switch
            {
                { StorageError: { } error } => throw error,
                { StoredCount: 0 } => throw new ImageException(_texts.NoImageInResponse(hasUsage: false, job, "")),
                _ => new RenderOutcome(Usage: null, job),
            };
        }
        catch (OperationCanceledException late) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await CancelAsync(job);
            throw new ImageException(_texts.TimedOut(started: job is not null, sent: job is not null, storedImages: 0, job, ""), late);
        }
        catch (OperationCanceledException)
        {
            await CancelAsync(job);
            throw;
        }
        catch (UnreadableInputException gone)
        {
            throw new ImageException(_texts.InputUnreadable(gone.Argument), gone);
        }
    }

    /// <summary>As its own address for edits understands a form: the first image is what is drawn over, all of them are references.</summary>
    private static byte[] CreateBody(Validated<ImageRequest> validated, RenderInputs inputs, ImageArgumentNames arguments)
    {
        var (request, prepared) = (validated.Request, InputConversion.Prepare(KnownServers.SdServer, inputs));
        string[] images = [.. prepared.Images.Select((image, index) => InputConversion.ToBase64((image, arguments[index])))];
        var prompt = KnownServers.SdServer.CleanPrompt(validated.PromptAsSent);
        return new SdServerRequest(prompt, request.Size.Width, request.Size.Height, request.Count, "png")
        {
            InitImage = images is [var first, ..] ? first : null,
            RefImages = images is [] ? null : images,
            MaskImage = prepared.Mask is { } mask ? InputConversion.ToBase64((mask, arguments.MaskOrRegion)) : null,
        }.ToUtf8Json();
    }

    private async Task WaitAsync(string job, RenderSinkTarget images, IRenderSink sink, CancellationToken cancellationToken)
    {
        for (var silent = 0; ;)
        {
            await Task.Delay(options.PollInterval, time, cancellationToken);
            try
            {
                var state = await _client.AskAsync(job, images, cancellationToken);
                silent = 0;
                if (state.Progress is { } share)
                {
                    sink.ReportProgress(share);
                }

                if (state.IsOver)
                {
                    ThrowIfFailed(state, job);
                    return;
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or MalformedResponseException)
            {
                // The job goes on; an image that came whole before is not read again.
                await images.DisposeAsync();
                if (++silent == MaxSilence || images.StoredCount > 0)
                {
                    throw new ImageException(_texts.MalformedResponse(broken as MalformedResponseException ?? new MalformedResponseException("about a job did not come"), images.StoredCount, job, ""), broken);
                }
            }
        }
    }

    private void ThrowIfFailed(SdServerJob state, string job)
    {
        switch (state.Status)
        {
            case "failed":
                throw new ImageException(_texts.ServerError(0, new ApiErrorBody(state.Error, null, null, null), overloaded: false) with { RequestId = job });
            case "cancelled":
                throw new ImageException(new Failure { Code = FailureCode.Cancelled, Message = "The job was cancelled at the server. Not billed.", Retry = RetryAdvice.Same, RequestId = job });
        }
    }

    /// <summary>Whether that helps is the server's business: it cancels what waits, and finishes what it has begun.</summary>
    private async Task CancelAsync(string? job)
    {
        if (job is null)
        {
            return;
        }

        using var patience = new CancellationTokenSource(CancelPatience, time);
        try
        {
            await _client.CancelAsync(job, patience.Token);
        }
        catch (Exception unheard) when (unheard is HttpRequestException or OperationCanceledException)
        {
            _ = unheard;
        }
    }
}
