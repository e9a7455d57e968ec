namespace GptImage2.Mcp.Tests.Http;

/// <summary>Reads a response of server-sent events, message by message.</summary>
internal sealed class EventReader(StreamReader lines) : IDisposable
{
    private const string Data = "data: ";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<EventReader> OpenAsync(HttpResponseMessage response) =>
        new(new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(Cancellation)));

    /// <returns>The next JSON-RPC message, or null at the end.</returns>
    public async Task<JsonObject?> ReadAsync()
    {
        while (await lines.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.StartsWith(Data, StringComparison.Ordinal))
            {
                return JsonNode.Parse(line[Data.Length..])!.AsObject();
            }
        }

        return null;
    }

    public void Dispose() => lines.Dispose();
}
