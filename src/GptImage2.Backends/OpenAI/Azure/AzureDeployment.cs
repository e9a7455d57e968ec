using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Generation.Models;

namespace GptImage2.Backends.OpenAI.Azure;

/// <summary>
/// Learns which model a deployment has from the list of its project (GET /api/projects/…/deployments, seen live 2026-08): a deployment's
/// name says nothing about it. Until that is known, and where it cannot be, the rules of gpt-image-2 apply.
/// </summary>
internal sealed class AzureDeployment(AzureOptions options, AzureAddress address, AzureCredentials credentials, TimeProvider time)
{
    private const int MaxAnswerBytes = 4 * 1024 * 1024;
    private const int MaxPages = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private ModelProfile _profile = options.Model is { } model ? AzureModels.Resolve(model) : AzureModels.ResolveUnknown(address.Deployment);

    public ModelProfile Profile => Volatile.Read(ref _profile) with { PartialImages = options.PartialImages };

    /// <summary>Whether there is somebody to ask, and a need to.</summary>
    public bool CanBeAsked => address.Project is not null && options.Model is null;

    /// <summary>Asks, and takes over the rules of the model.</summary>
    /// <returns>The model and its version, in words; null where it cannot be learned.</returns>
    /// <exception cref="ImageException">There is no such deployment, or it is not one of OpenAI's models.</exception>
    public async Task<string?> DiscoverAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await FindAsync(http, linked.Token);
        }
        catch (Exception unknown) when (unknown is HttpRequestException or MalformedResponseException or JsonException
            || (unknown is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private async Task<string?> FindAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var next = address.DeploymentsUrl;
        List<string> names = [];
        for (var page = 0; page < MaxPages && next is not null; page++)
        {
            if (await ReadPageAsync(http, next, cancellationToken) is not { } answer)
            {
                return null;
            }

            foreach (var item in ListItems(answer))
            {
                names.Add(LenientJson.GetText(item, "name") ?? "");
                if (names[^1] == address.Deployment)
                {
                    return Adopt(item);
                }
            }

            next = LenientJson.GetText(answer, "nextLink") is { } link && Uri.TryCreate(link, UriKind.Absolute, out var url) && url.Authority == address.Root.Authority ? link : null;
        }

        throw CreateError(FailureCode.ModelNotFound, $"The project {address.Project} has no deployment '{address.Deployment}'; it has {string.Join(", ", names.Take(20))}. Set AZURE_OPENAI_DEPLOYMENT to one of them.");
    }

    private string Adopt(JsonElement item)
    {
        var (model, publisher, version) = (LenientJson.GetText(item, "modelName") ?? "", LenientJson.GetText(item, "modelPublisher"), LenientJson.GetText(item, "modelVersion"));
        if (publisher is not null && !publisher.Equals("OpenAI", StringComparison.OrdinalIgnoreCase))
        {
            throw CreateError(FailureCode.ModelNotFound, $"The deployment '{address.Deployment}' has the model {model} of {publisher}, which has another API. Set AZURE_OPENAI_DEPLOYMENT to one with a GPT Image model.");
        }

        Volatile.Write(ref _profile, AzureModels.Resolve(model));
        return version is null ? model : $"{model} ({version})";
    }

    /// <returns>Null where the service does not tell.</returns>
    private async Task<JsonElement?> ReadPageAsync(HttpClient http, string url, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        await credentials.AuthorizeAsync(request, cancellationToken);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return response.IsSuccessStatusCode ? JsonElement.Parse(await ResponseReader.ReadPrefixAsync(body, MaxAnswerBytes, cancellationToken)) : null;
    }

    private static JsonElement[] ListItems(JsonElement answer) =>
        (LenientJson.GetMember(answer, "value") ?? LenientJson.GetMember(answer, "data")) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    private static ImageException CreateError(FailureCode code, string message) => new(new Failure { Code = code, Message = message });
}
