using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GptImage2.Testing.OpenAI;

/// <summary>Address, key and content type, in the order in which the vendor minds them.</summary>
internal static class Gatekeeper
{
    private const string Models = "/v1/models";
    private const string Generations = "/v1/images/generations";
    private const string Edits = "/v1/images/edits";

    /// <returns>An order to draw, or the answer to a question that costs nothing.</returns>
    /// <exception cref="RefusedException">The vendor would do neither.</exception>
    public static (Order? Order, string? Answer) Admit(HttpRequest request, ReceivedRequest received, string apiKey)
    {
        var path = request.Path.Value ?? "";
        var asksModels = path is Models || path.StartsWith(Models + "/", StringComparison.Ordinal);
        if (!(asksModels || path is Generations or Edits) || request.QueryString.HasValue)
        {
            throw new RefusedException(new(404, $"Invalid URL ({request.Method} {request.Path}{request.QueryString})"));
        }

        if (request.Method != (asksModels ? HttpMethods.Get : HttpMethods.Post))
        {
            throw new RefusedException(new(405, $"Not allowed to {request.Method} on {request.Path}.", Code: "method_not_supported"));
        }

        if (request.Headers.Authorization is not [var authorization] || authorization != $"Bearer {apiKey}")
        {
            throw new RefusedException(new(401, "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.", Code: "invalid_api_key"));
        }

        return asksModels
            ? (null, ModelList.Answer(path[Models.Length..].TrimStart('/')))
            : (path is Edits ? EditReader.Read(received.Bytes, Boundary(request)) : Generation(request, received), null);
    }

    private static Order Generation(HttpRequest request, ReceivedRequest received) =>
        Type(request, "application/json") is { } type && (!type.Charset.HasValue || type.Charset == "utf-8")
            ? OrderReader.Read(received.Body)
            : throw Unsupported(request, "application/json");

    /// <summary>Edits may be JSON too, with addresses in place of files; nobody here sends that, so it is refused.</summary>
    private static string Boundary(HttpRequest request)
    {
        var boundary = Type(request, "multipart/form-data")?.Boundary.Value?.Trim('"');
        return boundary is { Length: > 0 and <= 70 } ? boundary : throw Unsupported(request, "multipart/form-data");
    }

    private static MediaTypeHeaderValue? Type(HttpRequest request, string expected) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == expected ? type : null;

    private static RefusedException Unsupported(HttpRequest request, string accepted) =>
        new(new(400, $"Unsupported content type: '{request.ContentType}'. This API method only accepts '{accepted}' requests."));
}
