namespace GptImage2.Mcp.Http.Exposure;

/// <summary>Whether the OAuth authority answers with its metadata, without which no token of its can be checked.</summary>
internal sealed class AuthorityCheck(HttpClient http)
{
    private const string Discovery = "/.well-known/openid-configuration";

    public async Task<Finding> RunAsync(Uri authority, CancellationToken cancellationToken)
    {
        var address = $"{authority.ToString().TrimEnd('/')}{Discovery}";
        try
        {
            using var metadata = JsonDocument.Parse(await http.GetByteArrayAsync(new Uri(address), cancellationToken));
            var issuer = metadata.RootElement.ValueKind is JsonValueKind.Object && metadata.RootElement.TryGetProperty("issuer", out var named) ? named.GetString() : null;
            return (issuer, authority.Scheme) switch
            {
                (null, _) => Wrong("names no issuer"),
                (_, "http") when !authority.IsLoopback => new Finding("authority", $"{address} answers without TLS: who is on the way decides whom the server believes", "Use its https address in GPTIMAGE2_HTTP__AUTHORITY."),
                _ => new Finding("authority", $"{address} answers; issuer {issuer}"),
            };
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Wrong($"does not answer with its metadata: {failure.Message}");
        }

        Finding Wrong(string how) => new("authority", $"{address} {how}", "No access token can be checked so. Correct GPTIMAGE2_HTTP__AUTHORITY, or let this machine reach it.");
    }
}
