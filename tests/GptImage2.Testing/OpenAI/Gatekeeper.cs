using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GptImage2.Testing.OpenAI;

/// <summary>Address, key and content type, in the order in which the vendor minds them.</summary>
internal static class Gatekeeper
{
    /// <exception cref="RefusedException">The vendor would not draw this.</exception>
    public static Order Admit(HttpRequest request, string body, string apiKey)
    {
        if (request.Path != "/v1/images/generations" || request.QueryString.HasValue)
        {
            throw new RefusedException(new(404, $"Invalid URL ({request.Method} {request.Path}{request.QueryString})"));
        }

        if (request.Method != HttpMethods.Post)
        {
            throw new RefusedException(new(405, $"Not allowed to {request.Method} on {request.Path}.", Code: "method_not_supported"));
        }

        if (request.Headers.Authorization is not [var authorization] || authorization != $"Bearer {apiKey}")
        {
            throw new RefusedException(new(401, "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.", Code: "invalid_api_key"));
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || type.MediaType != "application/json"
            || (type.Charset.HasValue && type.Charset != "utf-8"))
        {
            throw new RefusedException(new(400, $"Unsupported content type: '{request.ContentType}'. This API method only accepts 'application/json' requests."));
        }

        return OrderReader.Read(body);
    }
}
