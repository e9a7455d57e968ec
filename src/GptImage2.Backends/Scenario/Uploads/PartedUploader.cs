using System.Net.Http.Headers;
using GptImage2.Backends.Http;
using GptImage2.Backends.Scenario.Protocol;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.Scenario.Uploads;

/// <summary>Sends a large file in parts: announced, put each to an address of its own, completed, and waited for until it is an asset.</summary>
internal sealed class PartedUploader(ScenarioOptions options, ScenarioClient client, TimeProvider time)
{
    /// <summary>Parts but the last have at least 5 MB.</summary>
    private const int PartBytes = 8 * 1024 * 1024;

    /// <summary>Putting a part twice puts it once, so that a cut connection is no reason to give up.</summary>
    private const int MaxAttempts = 3;

    private static readonly TimeSpan PartTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ImportTimeout = TimeSpan.FromMinutes(5);

    private readonly UploadErrors _errors = new(options);

    /// <returns>The asset's id.</returns>
    /// <exception cref="ImageException">The service does not take it. Nothing was billed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<string> SendAsync(RenderInputImage image, CancellationToken cancellationToken)
    {
        var length = image.Image.Length;
        var count = (int)((length + PartBytes - 1) / PartBytes);
        var request = new PartedUpload(AssetUploader.GetFileName(image), image.Format.MediaType, "image", count, length, new AssetOptions(Hide: true));
        var upload = GetUpload(await client.AskAsync(HttpMethod.Post, "uploads", JsonSerializer.SerializeToUtf8Bytes(request, ScenarioJsonContext.Default.PartedUpload), cancellationToken));
        var id = LenientJson.GetText(upload, "id");
        var parts = LenientJson.GetMember(upload, "parts") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToArray() : [];
        if (id is null || parts.Length != count)
        {
            throw new ImageException(_errors.Refused("it named no place for the parts"));
        }

        await using (var content = image.Image.OpenRead())
        {
            foreach (var part in parts.OrderBy(part => int.TryParse(LenientJson.GetText(part, "number"), out var number) ? number : 0))
            {
                var bytes = new byte[(int)Math.Min(PartBytes, length - content.Position)];
                await content.ReadExactlyAsync(bytes, cancellationToken);
                await PutAsync(LenientJson.GetText(part, "url"), bytes, cancellationToken);
            }
        }

        await client.AskAsync(HttpMethod.Post, $"uploads/{Uri.EscapeDataString(id)}/action", JsonSerializer.SerializeToUtf8Bytes(new UploadAction("complete"), ScenarioJsonContext.Default.UploadAction), cancellationToken);
        return await WaitForImportAsync(id, cancellationToken);
    }

    private async Task PutAsync(string? url, byte[] bytes, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var timeout = new CancellationTokenSource(PartTimeout, time);
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(bytes) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
                using var response = await client.OpenSignedAsync(request, linked.Token);
                if (response.IsSuccessStatusCode)
                {
                    return;
                }

                if ((int)response.StatusCode < 500 || attempt == MaxAttempts)
                {
                    throw new ImageException(_errors.Refused($"a part was answered with HTTP {(int)response.StatusCode}"));
                }
            }
            catch (Exception broken) when (broken is MalformedResponseException or UriFormatException)
            {
                throw new ImageException(_errors.Refused("it named no place for a part that can be used"), broken);
            }
            catch (Exception broken) when (broken is HttpRequestException || (broken is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                if (attempt == MaxAttempts)
                {
                    throw new ImageException(_errors.Interrupted(), broken);
                }
            }

            await Task.Delay(options.PollInterval * attempt, time, cancellationToken);
        }
    }

    private async Task<string> WaitForImportAsync(string id, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(ImportTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            while (true)
            {
                var upload = GetUpload(await client.AskAsync(HttpMethod.Get, $"uploads/{Uri.EscapeDataString(id)}", null, linked.Token));
                switch (LenientJson.GetText(upload, "status"))
                {
                    case "imported" when LenientJson.GetText(upload, "entityId") is { Length: > 0 } asset:
                        return asset;
                    case "failed":
                        throw new ImageException(_errors.Refused(LenientJson.GetText(upload, "errorMessage")));
                }

                await Task.Delay(options.PollInterval, time, linked.Token);
            }
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ImageException(_errors.Refused("it did not finish importing it"), late);
        }
    }

    private static JsonElement GetUpload(JsonElement answer) => LenientJson.GetMember(answer, "upload") ?? default;
}
