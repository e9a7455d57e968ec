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

    /// <summary>An asset that was there lately is not asked about again.</summary>
    private static readonly TimeSpan TrustTime = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, (string AssetId, DateTimeOffset Seen)> _seen = new(StringComparer.Ordinal);
    private readonly string _account = $"scenario/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.BaseUrl} {options.ProjectId} {options.AuthorizationHeader}")))[..16]}";
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _uploading = new(StringComparer.Ordinal);
    private readonly PartedUploader _parts = new(options, client, time);

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

    /// <summary>Asks about every asset again before it is used.</summary>
    public void ForgetSeen() => _seen.Clear();

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
                : await _parts.SendAsync(image, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ImageException(UploadErrors.InputUnreadable(argument), failure);
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
            : throw new ImageException(new ScenarioErrors(options, RequestStage.Before).Malformed(new MalformedResponseException("to an upload names no asset")));
    }

    /// <summary>By its content: nothing of the user's names leaves this machine.</summary>
    internal static string GetFileName(RenderInputImage image) => $"{image.Sha256[..16]}.{image.Format.Extension}";
}
