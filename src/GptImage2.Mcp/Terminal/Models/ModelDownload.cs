using System.Net;
using System.Net.Http.Headers;

namespace GptImage2.Mcp.Terminal.Models;

/// <summary>Fetches a file of known length into a part beside its place. What was there of an earlier attempt is read again for its hash and gone on with.</summary>
internal sealed class ModelDownload(HttpMessageInvoker http, Action<long> progress)
{
    private const int MaxRedirects = 5;
    private const int BufferSize = 1 << 17;

    /// <returns>The SHA-256 of the whole, in lower case.</returns>
    /// <exception cref="IOException">The server does not have it, has something of another length, or the connection broke; the part stays for the next attempt where it may be good.</exception>
    public async Task<string> FetchAsync(KnownModel model, string part, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, BufferSize);
        if (file.Length > model.Bytes)
        {
            file.SetLength(0);
        }

        await AddAsync(file, hash, null, model, cancellationToken);
        if (file.Length < model.Bytes)
        {
            await ReceiveAsync(model, file, hash, cancellationToken);
        }

        file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private async Task ReceiveAsync(KnownModel model, FileStream file, IncrementalHash hash, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(model.Address, file.Length, cancellationToken);
        if (file.Length > 0 && response.StatusCode is HttpStatusCode.OK)
        {
            // It begins anew: what is there does not count.
            _ = hash.GetHashAndReset();
            file.SetLength(0);
        }

        var expected = model.Bytes - file.Length;
        if (response.Content.Headers.ContentLength is { } length && length != expected)
        {
            throw new IOException($"{model.Address.Host} would send {length:N0} bytes where {expected:N0} are expected: it has another file by now.");
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await AddAsync(body, hash, file, model, cancellationToken);
        if (file.Length < model.Bytes)
        {
            throw new IOException($"The connection to {model.Address.Host} ended after {file.Length:N0} of {model.Bytes:N0} bytes. The same command goes on from there.");
        }
    }

    /// <exception cref="IOException">There is more than there should be.</exception>
    private async Task AddAsync(Stream from, IncrementalHash hash, FileStream? to, KnownModel model, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            if (to is not null)
            {
                if (to.Length + read > model.Bytes)
                {
                    to.SetLength(0);
                    throw new IOException($"{model.Address.Host} sent more than {model.Bytes:N0} bytes: it has another file by now. What had arrived is deleted.");
                }

                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                progress(to.Position);
            }
        }
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, long from, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Range = from > 0 ? new RangeHeaderValue(from, null) : null;
            request.Headers.TryAddWithoutValidation("User-Agent", "gptimage2-mcp");
            var response = await SendAsync(request, cancellationToken);
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent && (response.StatusCode is HttpStatusCode.OK || response.Content.Headers.ContentRange?.From == from))
            {
                return response;
            }

            using (response)
            {
                address = FindTarget(address, response);
            }
        }

        throw new IOException($"{address.Host} redirects more than {MaxRedirects} times.");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException unreachable)
        {
            throw new IOException($"{request.RequestUri!.Host} cannot be reached ({unreachable.Message})", unreachable);
        }
    }

    /// <summary>Releases of GitHub lie elsewhere; https never becomes http on the way.</summary>
    private static Uri FindTarget(Uri address, HttpResponseMessage response)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
        {
            throw new IOException($"{address.Host} answered {(int)response.StatusCode} in place of the file.");
        }

        var target = new Uri(address, location);
        return target.Scheme == address.Scheme || target.Scheme == Uri.UriSchemeHttps ? target : throw new IOException($"{address.Host} redirects to an address without https.");
    }
}
