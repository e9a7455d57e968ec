using GptImage2.Mcp.Apps.Actions;
using GptImage2.Mcp.Tools.Base;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Apps;

/// <summary>What the page in the chat takes.</summary>
internal static class AppsServices
{
    public static IServiceCollection AddApps(this IServiceCollection services) => services
        .AddSingleton<ImageFacts>()
        .AddSingleton<ImageActions>()
        .AddSingleton<PartReader>()
        .AddSingleton<GalleryActions>()
        .AddSingleton<JobActions>()
        .AddSingleton<BoardActions>()
        .AddSingleton<ITool, StudioActionTool>();
}
