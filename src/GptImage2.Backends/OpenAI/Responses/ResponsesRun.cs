using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.OpenAI.Responses;

/// <summary>
/// One request of a caller: a response for each image, all ordered before the first is waited for, so that a crash finds them all
/// recorded. What one of them does not deliver keeps no other from it.
/// </summary>
/// <param name="count">How many images were asked for.</param>
internal sealed class ResponsesRun(
    ResponsesClient client,
    ResponsesErrors errors,
    ResponsesOptions options,
    ImageArgumentNames arguments,
    int count,
    IRenderSink sink,
    ResponsesCheckpoint checkpoint,
    TimeProvider time)
{
    private readonly ResponsePoller _poller = new(client, options, time);
    private ResponsesCheckpoint _checkpoint = checkpoint;
    private Failure? _failure;

    /// <summary>Orders a response for each image. Each is recorded before the next is sent.</summary>
    /// <param name="body">Makes the body of one order.</param>
    /// <exception cref="ImageException">The very first was refused, or its answer was lost.</exception>
    public async Task OrderAsync(Func<Action, TrackedRequestBody> body, Random random, CancellationToken cancellationToken)
    {
        var retry = RetryPolicy.Create(time, random, () => sink.Report(RenderStage.Sending));
        try
        {
            while (_checkpoint.Ordered < count)
            {
                await sink.SaveCheckpointAsync((_checkpoint with { Sending = true }).ToJson());
                var id = await retry.ExecuteAsync(async token => await client.OrderAsync(body, arguments, () => sink.Report(RenderStage.Drawing), token), cancellationToken);
                _checkpoint = _checkpoint with { Responses = [.. _checkpoint.Responses, id] };
            }
        }
        catch (ImageException failed) when (_checkpoint.Ordered > 0)
        {
            _failure = ResponsesErrors.AfterOthers(failed.Failure, _checkpoint.Ordered, count);
        }

        await RecordAsync();
    }

    /// <summary>Waits for what was ordered, and takes the images in order.</summary>
    /// <param name="skip">How many images, from the first, are stored already.</param>
    /// <exception cref="ImageException">An image is missing.</exception>
    public async Task<RenderOutcome> CollectAsync(int skip, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.WaitLimit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);

        // What was used for images that an earlier process has stored is not known any more.
        var usage = skip is 0 && _checkpoint.WithoutImage is 0 ? new TokenUsage(0, 0, 0) { Carrier = new CarrierUsage(0, 0) } : null;
        var stored = skip;
        foreach (var id in _checkpoint.Responses.Skip(skip).ToArray())
        {
            var (used, hasImage) = await CollectAsync(id, limit, linked.Token, cancellationToken);
            stored += hasImage ? 1 : 0;
            usage = usage is { } sum && used is { Carrier: { } carrier }
                ? new TokenUsage(sum.TextIn + used.TextIn, sum.ImageIn + used.ImageIn, sum.Out + used.Out) { Carrier = new CarrierUsage(sum.Carrier!.In + carrier.In, sum.Carrier.Out + carrier.Out) }
                : null;
        }

        _failure ??= _checkpoint switch
        {
            { Sending: true } => ResponsesErrors.OrderInterrupted(_checkpoint.Ordered),
            { Ordered: var ordered } when ordered < count => ResponsesErrors.NotOrdered(ordered, count),
            _ => stored < count ? ResponsesErrors.ImagesMissing(stored, count) : null,
        };
        return _failure is { } failure ? throw new ImageException(failure) : new RenderOutcome(usage, _checkpoint.Responses[0]);
    }

    /// <summary>Asks the service to stop what is not over.</summary>
    public Task CancelAsync() => Task.WhenAll(_checkpoint.Responses.Select(client.CancelAsync));

    private async Task<(TokenUsage? Usage, bool HasImage)> CollectAsync(string id, CancellationTokenSource limit, CancellationToken waiting, CancellationToken cancellationToken)
    {
        try
        {
            var (state, hasImage) = await _poller.WaitAsync(id, sink, waiting);
            if (hasImage)
            {
                return (state?.Usage, true);
            }

            _failure ??= errors.EndedWithoutImage(state!, id, arguments);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ImageException(errors.StillRunning(id));
        }
        catch (ImageException failed) when (failed.Failure.Code is not FailureCode.StorageFailed)
        {
            _failure ??= failed.Failure;
        }

        _checkpoint = _checkpoint with { Responses = [.. _checkpoint.Responses.Where(other => other != id)], WithoutImage = _checkpoint.WithoutImage + 1 };
        await RecordAsync();
        return (null, false);
    }

    /// <summary>What cannot be recorded any more has been ordered all the same, and is waited for.</summary>
    private async Task RecordAsync()
    {
        try
        {
            await sink.SaveCheckpointAsync(_checkpoint.ToJson());
        }
        catch (ImageException unrecorded)
        {
            _ = unrecorded;
        }
    }
}
