using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Requests;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Testing.Azure;

/// <summary>
/// Azure OpenAI on a loopback port: it draws as OpenAI does and is asked at addresses of its own, of version 1 and of before, by a key or a
/// token, for a deployment, and for png or jpeg (Azure's how-to on image generation, 2026-04).
/// </summary>
public sealed partial class StrictAzure : IAsyncDisposable
{
    public const string ApiKey = "azure-test-0123456789abcdef0123456789abcdef";
    public const string Token = "eyJ0.test-token.c2ln";
    public const string Deployment = "pictures of mine";
    public const string Project = "studio";

    private StrictAzure(StrictOpenAI service) => Service = service;

    /// <summary>What draws, logs and misbehaves.</summary>
    public StrictOpenAI Service { get; }

    /// <summary>What AZURE_OPENAI_ENDPOINT would hold: http://127.0.0.1:port.</summary>
    public Uri Endpoint => new(Service.BaseUrl.GetLeftPart(UriPartial.Authority));

    /// <summary>The address of the project, which lists its deployments.</summary>
    public Uri ProjectEndpoint => new(Endpoint, $"api/projects/{Project}");

    public static async Task<StrictAzure> StartAsync() => new(await StrictOpenAI.StartAsync(ApiKey, Authorize));

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    private static (ImageOrder? Order, string? Answer) Authorize(HttpRequest request, ReceivedRequest received, string apiKey)
    {
        if (request.Headers["api-key"] != apiKey && request.Headers.Authorization != $"Bearer {Token}")
        {
            throw new ApiErrorException(new(401, "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource.", Code: "401"));
        }

        var path = Uri.UnescapeDataString(request.Path.Value ?? "");
        if (path == $"/api/projects/{Project}/deployments" && request.QueryString.Value == "?api-version=v1")
        {
            return (null, $$"""{"value":[{"name":"drawings","modelName":"MAI-Image-2.5","modelPublisher":"Microsoft","modelVersion":"1"}],"nextLink":"http://{{request.Host}}/api/projects/{{Project}}/deployments?api-version=v1&skip=1"}""");
        }

        if (path == $"/api/projects/{Project}/deployments")
        {
            return (null, $$"""{"value":[{"name":"{{Deployment}}","modelName":"gpt-image-2.5-flare","modelPublisher":"OpenAI","modelVersion":"2026-09-08"}]}""");
        }

        var classic = Classic.Match(path);
        var version = request.Query["api-version"].ToString();
        return (path, classic.Success) switch
        {
            ("/openai/v1/models", _) when version is "preview" => (null, ModelList.CreateResponse("")),
            ("/openai/models", _) when char.IsAsciiDigit(version.FirstOrDefault()) => (null, ModelList.CreateResponse("")),
            ("/openai/v1/images/generations" or "/openai/v1/images/edits", _) when version is "preview" => (Draw(request, received, path.EndsWith("/edits", StringComparison.Ordinal)), null),
            (_, true) when char.IsAsciiDigit(version.FirstOrDefault()) && FindModel(classic.Groups[1].Value) is not null => (Draw(request, received, classic.Groups[2].Value is "edits"), null),
            _ => throw new ApiErrorException(new(404, "Resource not found", Code: "404")),
        };
    }

    private static ImageOrder Draw(HttpRequest request, ReceivedRequest received, bool isEdit)
    {
        var order = AuthCheck.ParseOrder(request, received, isEdit, FindModel);
        return order.Format is "webp"
            ? throw new ApiErrorException(new(400, "Invalid value: 'webp'. Supported values are: 'png' and 'jpeg'.", "invalid_request_error", "output_format", "invalid_value"))
            : order;
    }

    private static string FindModel(string deployment) => deployment == Deployment
        ? "gpt-image-2"
        : throw new ApiErrorException(new(404, "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.", Code: "DeploymentNotFound"));

    [GeneratedRegex("^/openai/deployments/([^/]+)/images/(generations|edits)$", RegexOptions.CultureInvariant)]
    private static partial Regex Classic { get; }
}
