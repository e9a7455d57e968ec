namespace GptImage2.Mcp.Apps;

/// <summary>The page that shows results in the chat: one file, which the build joins from Apps/Page, without network.</summary>
internal static class StudioPage
{
    public const string ResourceUri = "ui://gptimage2/studio.html";

    private const string FileName = "studio.html";

    private static readonly Lazy<string> Html = new(ReadHtml);

    public static Resource Descriptor { get; } = new()
    {
        Uri = ResourceUri,
        Name = "studio",
        Title = "Image studio",
        Description = "The page that shows results in the chat",
        MimeType = AppsExtension.MediaType,
        Meta = CreateMeta(),
    };

    /// <returns>The page, or null for another address.</returns>
    public static ReadResourceResult? Read(string uri) => uri is not ResourceUri ? null : new ReadResourceResult
    {
        Contents = [new TextResourceContents { Uri = ResourceUri, MimeType = AppsExtension.MediaType, Text = Html.Value, Meta = CreateMeta() }],
        TimeToLive = TimeSpan.FromHours(1),
        CacheScope = CacheScope.Private,
    };

    /// <summary>It asks for nothing: no address, no device.</summary>
    private static JsonObject CreateMeta() => new() { ["ui"] = new JsonObject { ["csp"] = new JsonObject(), ["prefersBorder"] = true } };

    private static string ReadHtml()
    {
        using var stream = typeof(StudioPage).Assembly.GetManifestResourceStream(FileName) ?? throw new InvalidOperationException($"{FileName} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
