namespace GptImage2.Backends.OpenAI;

/// <summary>Asks OpenAI about the model, which costs nothing, to learn whether network and key work.</summary>
internal static class OpenAIHealthCheck
{
    public static async Task<string> RunAsync(ImagesService service, string model, HttpClient http, CancellationToken cancellationToken)
    {
        if (!service.HasCredentials)
        {
            throw new ImageException(new OpenAIErrorTexts(service).MalformedApiKey());
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, service.GetUrl($"models/{Uri.EscapeDataString(model)}"));
        await service.AuthorizeAsync(request, cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (int)response.StatusCode switch
            {
                >= 200 and < 300 => $"{service.BaseUrl.Host} responds, and the key may use the model",
                401 => throw CreateError(FailureCode.AccessDenied, "The key was refused (401). Make a new one and set OPENAI_API_KEY."),
                404 => throw CreateError(FailureCode.ModelNotFound, $"{service.BaseUrl.Host} does not know the model {model} (404). Set GPTIMAGE2_MODEL to one it has."),
                var status => throw CreateError(FailureCode.ServiceFailed, $"{service.BaseUrl.Host} responded with status {status}."),
            };
        }
        catch (HttpRequestException unreachable)
        {
            throw new ImageException(new OpenAIErrorTexts(service).Unreachable(unreachable.HttpRequestError), unreachable);
        }
    }

    private static ImageException CreateError(FailureCode code, string message) => new(new Failure { Code = code, Message = message });
}
