using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Inputs;

namespace GptImage2.Backends.OpenAI.Compatible.Requests;

/// <summary>Reads the images of an answer in whichever form they come: in it as base64, behind a link, in a data: link, or as the answer itself.</summary>
/// <param name="authorize">Adds the key to what is fetched from the server itself; no other sees it.</param>
/// <param name="internet">Fetches what the server names elsewhere: it may name no address of this machine's network.</param>
internal sealed class AnswerReader(ApiAddress address, HttpClient http, Action<HttpRequestMessage> authorize, IRemoteImageFetcher internet)
{
    /// <summary>A data: link of a large image is part of the text.</summary>
    private const int MaxDocument = 128 << 20;

    private const int MaxAttempts = 3;

    private readonly Uri _base = new($"{address.Root}/");

    /// <returns>What the answer holds in addition to images.</returns>
    public async Task<JsonElement> ReadAsync(HttpResponseMessage response, RenderSinkTarget images, CancellationToken cancellationToken)
    {
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        if (response.Content.Headers.ContentType?.MediaType is { } type && (type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || type is "application/octet-stream"))
        {
            await StoreAsync(body, response.Content.Headers.ContentLength, images, cancellationToken);
            return default;
        }

        var json = new Base64JsonStream(images, maxDocument: MaxDocument);
        await ResponseReader.CopyToAsync(body, json.WriteAsync, enough: static () => false, cancellationToken);
        var answer = json.Complete();
        if (LenientJson.GetMember(answer, "error") is not null && LenientJson.GetMember(answer, "data") is null)
        {
            throw new Protocol.ApiErrorEventException(Protocol.ApiErrorBody.From(answer));
        }

        foreach (var url in ListLinks(answer))
        {
            await FetchAsync(url, images, cancellationToken);
        }

        return answer;
    }

    private static string[] ListLinks(JsonElement answer) => LenientJson.GetMember(answer, "data") is { ValueKind: JsonValueKind.Array } list
        ? [.. list.EnumerateArray().Select(item => LenientJson.GetText(item, "url")).OfType<string>().Where(url => url is not "")]
        : [];

    private async Task FetchAsync(string url, RenderSinkTarget images, CancellationToken cancellationToken)
    {
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            await StoreDataAsync(url, images, cancellationToken);
            return;
        }

        var link = Uri.TryCreate(_base, url, out var found) ? found : throw new MalformedResponseException("names an image at an address that is none");
        if (!IsOwn(link))
        {
            await StoreAsync(await FetchElsewhereAsync(link, cancellationToken), images, cancellationToken);
            return;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await DownloadAsync(link, images, cancellationToken);
                return;
            }
            catch (Exception failed) when (failed is HttpRequestException or MalformedResponseException)
            {
                await images.DisposeAsync();
                if (attempt == MaxAttempts)
                {
                    throw new MalformedResponseException($"names an image that could not be fetched ({failed.Message.TrimEnd('.')})", failed);
                }
            }
        }
    }

    private async Task<ReadOnlyMemory<byte>> FetchElsewhereAsync(Uri link, CancellationToken cancellationToken)
    {
        try
        {
            return await internet.FetchAsync(link, cancellationToken);
        }
        catch (ImageException unfetched)
        {
            throw new MalformedResponseException("names an image at an address that is not followed, or leads to none", unfetched);
        }
    }

    private async Task DownloadAsync(Uri link, RenderSinkTarget images, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        authorize(request);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new MalformedResponseException($"HTTP {(int)response.StatusCode}");
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await StoreAsync(body, response.Content.Headers.ContentLength, images, cancellationToken);
    }

    private static async Task StoreAsync(Stream body, long? length, RenderSinkTarget images, CancellationToken cancellationToken)
    {
        long received = 0;
        images.Begin([]);
        await ResponseReader.CopyToAsync(
            body,
            (bytes, token) =>
            {
                received += bytes.Length;
                return images.WriteAsync(bytes, token);
            },
            enough: static () => false,
            cancellationToken);
        if (length is { } announced && announced != received)
        {
            throw new MalformedResponseException("was cut off");
        }

        await images.EndAsync(cancellationToken);
    }

    private static async Task StoreDataAsync(string url, RenderSinkTarget images, CancellationToken cancellationToken)
    {
        var comma = url.IndexOf(',');
        if (comma < 0 || !url[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            throw new MalformedResponseException("has a data: link without base64");
        }

        var bytes = new byte[(url.Length - comma) / 4 * 3 + 3];
        if (!Convert.TryFromBase64Chars(url.AsSpan(comma + 1), bytes, out var written))
        {
            throw new MalformedResponseException("holds an image that is no base64");
        }

        await StoreAsync(bytes.AsMemory(0, written), images, cancellationToken);
    }

    private static async Task StoreAsync(ReadOnlyMemory<byte> image, RenderSinkTarget images, CancellationToken cancellationToken)
    {
        images.Begin([]);
        await images.WriteAsync(image, cancellationToken);
        await images.EndAsync(cancellationToken);
    }

    /// <summary>The server itself, by whichever name of this machine.</summary>
    private bool IsOwn(Uri link) => link.Scheme == _base.Scheme && link.Port == _base.Port && (link.Host == _base.Host || (link.IsLoopback && _base.IsLoopback));
}
