using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Backends.Scenario.Protocol;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.Scenario.Jobs;

/// <summary>Fetches what a job has made, byte for byte as the model made it. Addresses expire and downloads are cut: both are tried again with a fresh address.</summary>
internal sealed class AssetDownloader(ScenarioOptions options, ScenarioClient client, TimeProvider time)
{
    private const int MaxAttempts = 5;

    /// <summary>Without a byte for so long, a download counts as cut.</summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(60);

    /// <exception cref="ImageException">It cannot be fetched, or not be stored. It is billed all the same.</exception>
    public async Task DownloadAsync(string assetId, string jobId, IRenderSink sink, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await DownloadOnceAsync(assetId, sink, cancellationToken);
                return;
            }
            catch (ImageException unstored) when (unstored.Failure.Code is FailureCode.StorageFailed)
            {
                // It was drawn, whatever became of it here.
                throw new ImageException(unstored.Failure with { Billed = Billing.Yes, RequestId = jobId }, unstored);
            }
            catch (Exception failure) when (failure is MalformedResponseException or HttpRequestException or ImageException)
            {
                if (attempt == MaxAttempts)
                {
                    throw new ImageException(JobErrors.DownloadFailed(assetId, jobId, Describe(failure)), failure);
                }

                await Task.Delay(options.PollInterval * attempt, time, cancellationToken);
            }
        }
    }

    private static string Describe(Exception failure) => failure switch
    {
        ImageException told => told.Message,
        MalformedResponseException broken => $"The response {broken.Message}.",
        _ => "The connection failed.",
    };

    private async Task DownloadOnceAsync(string assetId, IRenderSink sink, CancellationToken cancellationToken)
    {
        var answer = await client.FollowAsync($"assets/{Uri.EscapeDataString(assetId)}?originalAssets=true", cancellationToken);
        var asset = LenientJson.GetMember(answer, "asset") ?? throw new MalformedResponseException("names no asset");
        if (LenientJson.GetText(asset, "status") is "pending")
        {
            throw new MalformedResponseException("says that the image is not ready");
        }

        var url = Uri.TryCreate(LenientJson.GetText(asset, "url"), UriKind.Absolute, out var address) ? address : throw new MalformedResponseException("has no address of the image");
        using var silence = new CancellationTokenSource(SilenceLimit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            using var response = await client.OpenSignedAsync(request, linked.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw new MalformedResponseException($"is HTTP {(int)response.StatusCode} in place of the image");
            }

            await CopyAsync(response, sink, silence, linked.Token);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MalformedResponseException("stalled", late);
        }
    }

    private static async Task CopyAsync(HttpResponseMessage response, IRenderSink sink, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        var expected = response.Content.Headers.ContentLength;
        long received = 0;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var image = sink.OpenImage();
        await ResponseReader.CopyToAsync(
            body,
            async (bytes, token) =>
            {
                silence.CancelAfter(SilenceLimit);
                received += bytes.Length;
                await image.WriteAsync(bytes, token);
            },
            enough: static () => false,
            cancellationToken);
        if (expected is { } length && length != received)
        {
            throw new MalformedResponseException("was cut off");
        }

        await image.CompleteAsync();
    }
}
