namespace GptImage2.Mcp.Http.Sessions;

/// <summary>
/// At this address every revision is spoken, and a request of an unknown one is told so; the SDK's <c>server/discover</c> names
/// only the newest. Both must say the same (MCP 2026-07-28, versioning).
/// </summary>
internal static class SupportedRevisions
{
    private const string Member = "supportedVersions";

    /// <summary>Those that begin with <c>initialize</c>, newest first.</summary>
    private static readonly string[] Earlier = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

    /// <summary>Completes the answer to <c>server/discover</c>, the only one with this member.</summary>
    public static McpMessageHandler Filter(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcResponse { Result: JsonObject result } && result[Member] is JsonArray newest)
        {
            result[Member] = new JsonArray([.. newest.Select(revision => revision?.DeepClone()), .. Earlier.Select(revision => JsonValue.Create(revision))]);
        }

        return next(context, cancellationToken);
    };
}
