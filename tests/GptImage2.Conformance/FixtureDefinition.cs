using GptImage2.Mcp.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GptImage2.Conformance;

/// <summary>The server as MCP sees it, where the fixtures come first; what they do not know is the product's.</summary>
internal sealed class FixtureDefinition(IServiceProvider services) : IOptions<McpServerOptions>
{
    public McpServerOptions Value => field ??= Create();

    private McpServerOptions Create()
    {
        var options = new ServerDefinition(services).Value;
        ServeTools(options.Handlers, services.GetServices<McpServerTool>().ToDictionary(tool => tool.ProtocolTool.Name, StringComparer.Ordinal));
        ServePrompts(options.Handlers, services.GetServices<McpServerPrompt>().ToDictionary(prompt => prompt.ProtocolPrompt.Name, StringComparer.Ordinal));
        ServeResources(options.Handlers, [.. services.GetServices<McpServerResource>()]);
        return options;
    }

    private static void ServeTools(McpServerHandlers handlers, Dictionary<string, McpServerTool> fixtures)
    {
        var (list, call) = (handlers.ListToolsHandler!, handlers.CallToolHandler!);
        handlers.ListToolsHandler = async (request, cancellationToken) =>
        {
            var tools = await list(request, cancellationToken);
            tools.Tools = [.. fixtures.Values.Select(tool => tool.ProtocolTool), .. tools.Tools];
            return tools;
        };
        handlers.CallToolHandler = (request, cancellationToken) =>
            fixtures.TryGetValue(request.Params.Name, out var tool) ? tool.InvokeAsync(request, cancellationToken) : call(request, cancellationToken);
    }

    private static void ServePrompts(McpServerHandlers handlers, Dictionary<string, McpServerPrompt> fixtures)
    {
        var (list, get) = (handlers.ListPromptsHandler!, handlers.GetPromptHandler!);
        handlers.ListPromptsHandler = async (request, cancellationToken) =>
        {
            var prompts = await list(request, cancellationToken);
            prompts.Prompts = [.. fixtures.Values.Select(prompt => prompt.ProtocolPrompt), .. prompts.Prompts];
            return prompts;
        };
        handlers.GetPromptHandler = (request, cancellationToken) =>
            fixtures.TryGetValue(request.Params.Name, out var prompt) ? prompt.GetAsync(request, cancellationToken) : get(request, cancellationToken);
        handlers.CompleteHandler = Prefer(handlers.CompleteHandler!, request => request.Params.Ref is PromptReference { Name: var name } && fixtures.ContainsKey(name));
    }

    /// <summary>Fixtures have nothing to suggest.</summary>
    private static McpRequestHandler<CompleteRequestParams, CompleteResult> Prefer(
        McpRequestHandler<CompleteRequestParams, CompleteResult> product, Func<RequestContext<CompleteRequestParams>, bool> isFixture) =>
        (request, cancellationToken) => isFixture(request) ? new(new CompleteResult { Completion = new Completion { Values = [] } }) : product(request, cancellationToken);

    private static void ServeResources(McpServerHandlers handlers, McpServerResource[] fixtures)
    {
        var (list, templates, read) = (handlers.ListResourcesHandler!, handlers.ListResourceTemplatesHandler!, handlers.ReadResourceHandler!);
        handlers.ListResourcesHandler = async (request, cancellationToken) =>
        {
            var resources = await list(request, cancellationToken);
            resources.Resources = [.. fixtures.Select(resource => resource.ProtocolResource).OfType<Resource>(), .. resources.Resources];
            return resources;
        };
        handlers.ListResourceTemplatesHandler = async (request, cancellationToken) =>
        {
            var found = await templates(request, cancellationToken);
            found.ResourceTemplates = [.. fixtures.Where(resource => resource.IsTemplated).Select(resource => resource.ProtocolResourceTemplate), .. found.ResourceTemplates];
            return found;
        };
        handlers.ReadResourceHandler = (request, cancellationToken) =>
            fixtures.FirstOrDefault(resource => resource.IsMatch(request.Params.Uri)) is { } resource ? resource.ReadAsync(request, cancellationToken) : read(request, cancellationToken);
        handlers.SubscribeToResourcesHandler = (_, _) => new(new EmptyResult());
        handlers.UnsubscribeFromResourcesHandler = (_, _) => new(new EmptyResult());
    }
}
