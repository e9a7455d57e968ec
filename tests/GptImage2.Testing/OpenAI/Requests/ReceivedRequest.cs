namespace GptImage2.Testing.OpenAI.Requests;

/// <summary>A request as it reached the stand-in whole, accepted or not.</summary>
/// <param name="Path">With its query.</param>
/// <param name="Headers">By name, in any case.</param>
/// <param name="Bytes">The body as sent.</param>
/// <param name="Gone">Ends when the client has hung up, or when the exchange is over.</param>
public sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Bytes, Task Gone)
{
    /// <summary>The body as text.</summary>
    public string Body => Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>The body as JSON.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public JsonElement Json => JsonElement.Parse(Bytes.Span);
}
