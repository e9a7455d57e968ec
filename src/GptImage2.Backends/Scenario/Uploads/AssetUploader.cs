using System.Net.Http.Headers;
using GptImage2.Backends.Http;
using GptImage2.Backends.Scenario.Protocol;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.Scenario.Uploads;

/// <summary>Brings images of a request to Scenario, hidden from the user's gallery, each content once: in one request, or in parts where that is too large.</summary>
/// <param name="known">Remembers across processes what was uploaded.</param>
internal sealed class AssetUploader(ScenarioOptions options, ScenarioClient client, IUploadedAssets known, TimeProvider time)
{
    /// <summary>The gateway takes bodies of 10 MB; Scenario's Blender plugin sends raw bytes up to this inline (2026-08).</summary>
    private const int MaxInlineBytes = 3_500_000;

    /// <summary>Parts but the last have at least 5 MB.</summary>
    private const int PartBytes = 8 * 1024 * 1024;

    /// <summary>An asset that was there lately is not asked about again.</summary>
    private static readonly TimeSpan TrustTime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (string AssetId, DateTimeOffset Seen)> _seen = new(StringComparer.Ordinal);
    private readonly string _account = $"scenario/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.BaseUrl} {options.ProjectId} {options.AuthorizationHeader}")))[..16]}";
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _uploading = new(StringComparer.Ordinal);

    /// <param name="argument">What the caller knows the image as.</param>
    /// <returns>The asset's id.</returns>
    /// <exception cref="ImageException">The image cannot be read, or the service does not take it. Nothing was billed.</exception>
    public async Task<string> UploadAsync(RenderInputImage image, string argument, CancellationToken cancellationToken)
    {
        var one = _uploading.GetOrAdd(image.Sha256, _ => new SemaphoreSlim(1, 1));
        await one.WaitAsync(cancellationToken);
        try
        {
            if (_seen.TryGetValue(image.Sha256, out var seen) && time.GetUtcNow() - seen.Seen < TrustTime)
            {
                return seen.AssetId;
            }

            if (await known.FindAsync(_account, image.Sha256, cancellationToken) is not { } id || !await IsThereAsync(id, cancellationToken))
            {
                id = await SendAsync(image, argument, cancellationToken);
                await known.SaveAsync(_account, image.Sha256, id, cancellationToken);
            }

            _seen[image.Sha256] = (id, time.GetUtcNow());
            return id;
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<bool> IsThereAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await client.AskAsync(HttpMethod.Get, $"assets/{Uri.EscapeDataString(id)}", null, cancellationToken);
            return true;
        }
        catch (ImageException gone) when (gone.Failure.Code is FailureCode.ModelNotFound or FailureCode.InvalidRequest)
        {
            return false;
        }
    }

    private async Task<string> SendAsync(RenderInputImage image, string argument, CancellationToken cancellationToken)
    {
        try
        {
            return image.Image.Length <= MaxInlineBytes
                ? await SendInlineAsync(image, cancellationToken)
                : await SendInPartsAsync(image, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImageException(ScenarioErrors.InputUnreadable(argument), failure);
        }
    }

    private async Task<string> SendInlineAsync(RenderInputImage image, CancellationToken cancellationToken)
    {
        var bytes = new byte[image.Image.Length];
        await using (var content = image.Image.OpenRead())
        {
            await content.ReadExactlyAsync(bytes, cancellationToken);
        }

        var upload = new AssetUpload(GetFileName(image), $"data:{image.Format.MediaType};base64,{Convert.ToBase64String(bytes)}", Hide: true);
        var answer = await client.AskAsync(HttpMethod.Post, "assets", JsonSerializer.SerializeToUtf8Bytes(upload, ScenarioJsonContext.Default.AssetUpload), cancellationToken);
        return LenientJson.GetMember(answer, "asset") is { } asset && LenientJson.GetText(asset, "id") is { Length: > 0 } id
            ? id
            : throw new ImageException(ScenarioErrors.Malformed(new MalformedResponseException("to an upload names no asset"), doubtful: false));
    }

    private async Task<string> SendInPartsAsync(RenderInputImage image, CancellationToken cancellationToken)
    {
        var length = image.Image.Length;
        var count = (int)((length + PartBytes - 1) / PartBytes);
        var request = new PartedUpload(GetFileName(image), image.Format.MediaType, "image", count, length, new AssetOptions(Hide: true));
        var upload = GetUpload(await client.AskAsync(HttpMethod.Post, "uploads", JsonSerializer.SerializeToUtf8Bytes(request, ScenarioJsonContext.Default.PartedUpload), cancellationToken));
        var id = LenientJson.GetText(upload, "id");
        var parts = LenientJson.GetMember(upload, "parts") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().ToArray() : [];
        if (id is null || parts.Length != count)
        {
            throw new ImageException(ErrorsUpload("it named no place for the parts"));
        }

        await using (var content = image.Image.OpenRead())
        {
            foreach (var part in parts.OrderBy(part => int.TryParse(LenientJson.GetText(part, "number"), out var number) ? number : 0))
            {
                await PutAsync(LenientJson.GetText(part, "url"), content, (int)Math.Min(PartBytes, length - content.Position), cancellationToken);
            }
        }

        await client.AskAsync(HttpMethod.Post, $"uploads/{Uri.EscapeDataString(id)}/action", JsonSerializer.SerializeToUtf8Bytes(new UploadAction("complete"), ScenarioJsonContext.Default.UploadAction), cancellationToken);
        return await WaitForImportAsync(id, cancellationToken);
    }

    private async Task PutAsync(string? url, Stream content, int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        await content.ReadExactlyAsync(bytes, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(bytes) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            using var response = await client.OpenSignedAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw new ImageException(ErrorsUpload($"a part was answered with HTTP {(int)response.StatusCode}"));
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or MalformedResponseException or UriFormatException)
        {
            throw new ImageException(ErrorsUpload("a part could not be sent"), broken);
        }
    }

    private async Task<string> WaitForImportAsync(string id, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(5), time);
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
                        throw new ImageException(ErrorsUpload(LenientJson.GetText(upload, "errorMessage")));
                }

                await Task.Delay(options.PollInterval, time, linked.Token);
            }
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ImageException(ErrorsUpload("it did not finish importing it"), late);
        }
    }

    private Failure ErrorsUpload(string? text) => new ScenarioErrors(options).UploadFailed(text);

    private static JsonElement GetUpload(JsonElement answer) => LenientJson.GetMember(answer, "upload") ?? default;

    /// <summary>By its content: nothing of the user's names leaves this machine.</summary>
    private static string GetFileName(RenderInputImage image) => $"{image.Sha256[..16]}.{image.Format.Extension}";
}
