using GptImage2.Mcp.Prompts.Guides;

namespace GptImage2.Mcp.Resources;

/// <summary>Guides as MCP resources.</summary>
internal sealed class GuideResources(GuideLibrary guides)
{
    private const string Markdown = "text/markdown";

    /// <summary>A guide changes only with the program.</summary>
    private static readonly TimeSpan CacheLifetime = TimeSpan.FromDays(1);

    public static ResourceTemplate Template { get; } = new()
    {
        UriTemplate = GuideLibrary.Scheme + "{name}",
        Name = "guide",
        Description = "A guide for agents, in Markdown",
        MimeType = Markdown,
    };

    public IEnumerable<Resource> List() => guides.All.Select(guide => new Resource
    {
        Uri = GuideLibrary.Scheme + guide.Name,
        Name = guide.Name,
        Title = guide.Title,
        Description = guide.Description,
        MimeType = Markdown,
    });

    /// <returns>The guide, or null when the address is not one's.</returns>
    public ReadResourceResult? Read(string uri) =>
        uri.StartsWith(GuideLibrary.Scheme, StringComparison.Ordinal) && guides.Find(uri[GuideLibrary.Scheme.Length..]) is { } guide
            ? new ReadResourceResult
            {
                Contents = [new TextResourceContents { Uri = uri, MimeType = Markdown, Text = guides.Render(guide) }],
                TimeToLive = CacheLifetime,
                CacheScope = CacheScope.Private,
            }
            : null;
}
