using GptImage2.Testing.OpenAI.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GptImage2.Testing.OpenAI;

/// <summary>Address, key and content type, in the order in which the vendor minds them.</summary>
internal static class AuthCheck
{
    private const string Models = "/v1/models";
    private const string Generations = "/v1/images/generations";
    private const string Edits = "/v1/images/edits";

    /// <returns>An order to draw, or the answer to a question that costs nothing.</returns>
    /// <exception cref="ApiErrorException">The vendor would do neither.</exception>
    public static (ImageOrder? Order, string? Answer) Authorize(HttpRequest request, ReceivedRequest received, string apiKey, bool acceptsClientForms)
    {
        var path = request.Path.Value ?? "";
        var asksModels = path is Models || path.StartsWith(Models + "/", StringComparison.Ordinal);
        if (!(asksModels || path is Generations or Edits) || request.QueryString.HasValue)
        {
            throw new ApiErrorException(new(404, $"Invalid URL ({request.Method} {request.Path}{request.QueryString})"));
        }

        if (request.Method != (asksModels ? HttpMethods.Get : HttpMethods.Post))
        {
            throw new ApiErrorException(new(405, $"Not allowed to {request.Method} on {request.Path}.", Code: "method_not_supported"));
        }

        if (request.Headers.Authorization is not [var authorization] || authorization != $"Bearer {apiKey}")
        {
            throw new ApiErrorException(new(401, "Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.", Code: "invalid_api_key"));
        }

        return asksModels
            ? (null, ModelList.CreateResponse(path[Models.Length..].TrimStart('/')))
            : (ParseOrder(request, received, path is Edits, acceptsClientForms: acceptsClientForms), null);
    }

    /// <param name="acceptsClientForms">Whether the form of an edit may be written as OpenAI's own client does.</param>
    /// <param name="findModel">The model behind the name that a request has for it.</param>
    /// <exception cref="ApiErrorException">The vendor would not draw this.</exception>
    public static ImageOrder ParseOrder(HttpRequest request, ReceivedRequest received, bool isEdit, Func<string, string>? findModel = null, bool acceptsClientForms = false) =>
        isEdit ? EditRequestParser.Parse(received.Bytes, ReadBoundary(request), acceptsClientForms, findModel) : ParseGeneration(request, received, findModel);

    private static ImageOrder ParseGeneration(HttpRequest request, ReceivedRequest received, Func<string, string>? findModel) =>
        ParseContentType(request, "application/json") is { } type && (!type.Charset.HasValue || type.Charset == "utf-8")
            ? GenerationRequestParser.ParseOrder(received.Body, findModel)
            : throw CreateUnsupportedTypeError(request, "application/json");

    /// <summary>Edits may be JSON too, with addresses in place of files; nobody here sends that, so it is refused.</summary>
    private static string ReadBoundary(HttpRequest request)
    {
        var boundary = ParseContentType(request, "multipart/form-data")?.Boundary.Value?.Trim('"');
        return boundary is { Length: > 0 and <= 70 } ? boundary : throw CreateUnsupportedTypeError(request, "multipart/form-data");
    }

    private static MediaTypeHeaderValue? ParseContentType(HttpRequest request, string expected) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == expected ? type : null;

    private static ApiErrorException CreateUnsupportedTypeError(HttpRequest request, string accepted) =>
        new(new(400, $"Unsupported content type: '{request.ContentType}'. This API method only accepts '{accepted}' requests."));
}
