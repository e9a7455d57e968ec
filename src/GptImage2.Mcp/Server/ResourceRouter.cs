using GptImage2.Mcp.Apps;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Resources;
using GptImage2.Mcp.Server.Dispatch;

namespace GptImage2.Mcp.Server;

/// <summary>Everything that can be read by URI: images, boards, the cast, guides and spending.</summary>
internal sealed class ResourceRouter(ImageResources images, CastResources cast, StoryboardResources boards, GuideResources guides, SpendingResource spending, ResultDeliveryTracker deliveries)
{
    public static ListResourceTemplatesResult ListTemplates()
    {
        var templates = ImageResources.ListTemplates();
        templates.ResourceTemplates.Add(CastResources.Template);
        templates.ResourceTemplates.Add(StoryboardResources.Template);
        templates.ResourceTemplates.Add(GuideResources.Template);
        return templates;
    }

    /// <summary>Guides, spending, the cast and boards first, because they are few; then images, newest first, by the page.</summary>
    public async Task<ListResourcesResult> ListAsync(CallerSession session, string? cursor, CancellationToken cancellationToken)
    {
        var page = await images.ListAsync(session.Caller, cursor, cancellationToken);
        page.Resources = cursor is null ? [.. guides.List(), SpendingResource.Descriptor, .. await cast.ListAsync(session, cancellationToken), .. await boards.ListAsync(session.Caller, cancellationToken), .. page.Resources] : page.Resources;
        return page;
    }

    /// <returns>The contents, or null when the caller has no such resource.</returns>
    public async Task<ReadResourceResult?> ReadAsync(CallerSession session, string uri, CancellationToken cancellationToken)
    {
        if (StudioPage.Read(uri) is { } page)
        {
            return page;
        }

        await deliveries.WaitForPendingAsync(session, cancellationToken);
        return guides.Read(uri) ?? await spending.ReadAsync(session.Caller, uri, cancellationToken) ?? await cast.ReadAsync(session, uri, cancellationToken) ?? await boards.ReadAsync(session.Caller, uri, cancellationToken) ?? await images.ReadAsync(session.Caller, uri, cancellationToken);
    }
}
