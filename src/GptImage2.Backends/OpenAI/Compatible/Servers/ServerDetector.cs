using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;

namespace GptImage2.Backends.OpenAI.Compatible.Servers;

/// <summary>Finds out which server answers, by questions that cost nothing and that only it answers so.</summary>
internal sealed class ServerDetector(CompatibleOptions options, ApiAddress address, HttpClient http, TimeProvider time)
{
    private const int MaxAnswerBytes = 1 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>Null when nobody answers there at all.</returns>
    public async Task<FoundServer?> FindAsync(CancellationToken cancellationToken)
    {
        if (FindHosted(options) is { } hosted)
        {
            var (status, _, listed) = await AskAsync($"{address.Api}/{hosted.ModelsPath}", cancellationToken);
            return status is null ? null : new FoundServer(hosted, ReadAll(listed, "id")) { Status = status };
        }

        var asked = options.Server;
        var jobs = asked is CompatibleOptions.Auto or "sd-server" ? await AskAsync($"{address.Root}/sdcpp/v1/capabilities", cancellationToken) : default;
        if (LenientJson.GetMember(jobs.Json, "supported_modes") is not null)
        {
            var name = LenientJson.GetMember(jobs.Json, "model") is { } model ? LenientJson.GetText(model, "name") : null;
            return new FoundServer(KnownServers.SdServer, name is null ? [] : [name]);
        }

        var models = await AskAsync($"{address.Api}/models", cancellationToken);
        var (ids, owners) = (ReadAll(models.Json, "id"), ReadAll(models.Json, "owned_by"));
        var answered = jobs.Status is not null || models.Status is not null;
        return asked is not CompatibleOptions.Auto ? answered ? new FoundServer(WithoutJobs(KnownServers.Find(asked)), ids) { Status = models.Status } : null
            : ids.Contains("sd-cpp-local") ? new FoundServer(WithoutJobs(KnownServers.SdServer), [])
            : owners.Contains("vllm") ? new FoundServer(KnownServers.VllmOmni, ids)
            : owners.Contains("sglang") ? new FoundServer(KnownServers.SgLang, ids)
            : (await AskAsync($"{address.Root}/health/liveliness", cancellationToken)).Text?.Contains("alive", StringComparison.OrdinalIgnoreCase) is true ? new FoundServer(KnownServers.LiteLlm, ids)
            : (await AskAsync($"{address.Root}/readyz", cancellationToken)).Status is 200 ? new FoundServer(KnownServers.LocalAI, ids)
            : answered ? new FoundServer(KnownServers.Unknown, ids) { Status = models.Status } : null;
    }

    /// <summary>The service of that name or at that host, which needs no finding out.</summary>
    public static ServerTraits? FindHosted(CompatibleOptions options) => options.Server is "openrouter" or "together" ? KnownServers.Find(options.Server)
        : options.Server is not CompatibleOptions.Auto ? null
        : IsAt(options.Url, "openrouter.ai") ? KnownServers.OpenRouter
        : IsAt(options.Url, "together.xyz") || IsAt(options.Url, "together.ai") ? KnownServers.Together
        : null;

    private static bool IsAt(Uri url, string domain) => url.Host == domain || url.Host.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Its older versions have no jobs.</summary>
    private static ServerTraits WithoutJobs(ServerTraits server) => server with { HasJobs = false };

    private static string[] ReadAll(JsonElement answer, string member) => LenientJson.GetMember(answer, "data") is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(model => LenientJson.GetText(model, member)).OfType<string>()]
        : [];

    private async Task<(int? Status, string? Text, JsonElement Json)> AskAsync(string url, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.AddUserAgent();
            options.Authorize(request);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, linked.Token);
            await using var body = await response.Content.ReadAsStreamAsync(linked.Token);
            var text = Encoding.UTF8.GetString(await ResponseReader.ReadPrefixAsync(body, MaxAnswerBytes, linked.Token));
            return ((int)response.StatusCode, response.IsSuccessStatusCode ? text : null, response.IsSuccessStatusCode ? Parse(text) : default);
        }
        catch (Exception silent) when (silent is HttpRequestException || (silent is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return default;
        }
    }

    private static JsonElement Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}

/// <summary>A server that answers.</summary>
/// <param name="Models">Those it lists; empty where it lists none.</param>
internal sealed record FoundServer(ServerTraits Traits, IReadOnlyList<string> Models)
{
    /// <summary>How it answered when asked for its models; null where it was not asked.</summary>
    public int? Status { get; init; }
}
