namespace GptImage2.Testing.Mcp;

/// <summary>One line of the server's stdout.</summary>
/// <param name="At">Since the process started.</param>
/// <param name="Problem">Why this is no JSON-RPC 2.0 message, or null when it is one.</param>
public sealed record ProtocolLine(string Text, TimeSpan At, JsonElement Json, string? Problem)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>What the message does, or null for a response.</summary>
    public string? Method => Json.ValueKind is JsonValueKind.Object && Json.TryGetProperty("method", out var method) ? method.GetString() : null;

    /// <summary>The id of the request that this answers, as JSON text; null for anything but a response.</summary>
    public string? ResponseId => Problem is null && Method is null && Json.TryGetProperty("id", out var id) ? id.GetRawText() : null;

    public static ProtocolLine Parse(string text, TimeSpan at)
    {
        try
        {
            var json = JsonElement.Parse(text, Strict);
            return new ProtocolLine(text, at, json, ProblemOf(json));
        }
        catch (JsonException e)
        {
            return new ProtocolLine(text, at, default, $"not JSON: {e.Message}");
        }
    }

    private static string? ProblemOf(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object || !json.TryGetProperty("jsonrpc", out var version) || version.GetString() is not "2.0")
        {
            return "not an object with jsonrpc 2.0";
        }

        var (method, id) = (json.TryGetProperty("method", out _), json.TryGetProperty("id", out _));
        var (result, error) = (json.TryGetProperty("result", out _), json.TryGetProperty("error", out var failure));
        return (method, id, result, error) switch
        {
            (true, _, false, false) => null,
            (false, true, true, false) => null,
            (false, true, false, true) when failure.GetProperty("code").TryGetInt32(out _) && failure.GetProperty("message").GetString() is { Length: > 0 } => null,
            _ => "neither a request nor a notification nor a response",
        };
    }
}
