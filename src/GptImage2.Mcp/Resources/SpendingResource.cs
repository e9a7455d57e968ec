using GptImage2.Generation.Requests;
using GptImage2.Mcp.Resources.Spending;

namespace GptImage2.Mcp.Resources;

/// <summary>What was spent, as an MCP resource.</summary>
internal sealed class SpendingResource(SpendingSummary spending)
{
    public const string ResourceUri = "spend://summary";
    private const string Json = "application/json";

    public static Resource Descriptor { get; } = new()
    {
        Uri = ResourceUri,
        Name = "spending_summary",
        Title = "Spending",
        Description = "Your spending today against its cap, and the last 30 days by day, model and tool, in USD",
        MimeType = Json,
    };

    /// <returns>The contents, or null when the address is another.</returns>
    public async Task<ReadResourceResult?> ReadAsync(Caller caller, string uri, CancellationToken cancellationToken)
    {
        if (uri is not ResourceUri)
        {
            return null;
        }

        var (_, json) = await spending.ReportAsync(caller, cancellationToken);
        return new ReadResourceResult
        {
            Contents = [new TextResourceContents { Uri = uri, MimeType = Json, Text = json.ToJsonString() }],
            TimeToLive = TimeSpan.Zero,
            CacheScope = CacheScope.Private,
        };
    }
}
