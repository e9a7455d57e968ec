using GptImage2.Backends.Http;

namespace GptImage2.Backends.OpenAI;

/// <summary>Asks OpenAI about the model, which costs nothing, to learn whether network and key work.</summary>
internal sealed class OpenAIHealthCheck(OpenAIOptions options, HttpClient http)
{
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        if (!options.ApiKey.IsSendable)
        {
            throw new ImageException(OpenAIErrorTexts.MalformedApiKey());
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, options.GetUrl($"models/{Uri.EscapeDataString(options.Model)}"));
        request.AddBearer(options.ApiKey);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return (int)response.StatusCode switch
            {
                >= 200 and < 300 => $"{options.BaseUrl.Host} responds, and the key may use the model",
                401 => throw CreateError(FailureCode.AccessDenied, "The key was refused (401). Make a new one and set OPENAI_API_KEY."),
                404 => throw CreateError(FailureCode.ModelNotFound, $"{options.BaseUrl.Host} does not know the model {options.Model} (404). Set GPTIMAGE2_MODEL to one it has."),
                var status => throw CreateError(FailureCode.ServiceFailed, $"{options.BaseUrl.Host} responded with status {status}."),
            };
        }
        catch (HttpRequestException unreachable)
        {
            throw new ImageException(new OpenAIErrorTexts(options).Unreachable(unreachable.HttpRequestError), unreachable);
        }
    }

    private static ImageException CreateError(FailureCode code, string message) => new(new Failure { Code = code, Message = message });
}
