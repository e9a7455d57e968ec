using System.Reflection;
using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Apps;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Prompts;
using GptImage2.Mcp.Prompts.Completions;
using GptImage2.Mcp.Prompts.Templates;
using GptImage2.Mcp.Results.Links;
using GptImage2.Mcp.Server.Dispatch;
using GptImage2.Mcp.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace GptImage2.Mcp.Server;

/// <summary>
/// The server as MCP sees it. Nothing behind the handlers exists before the first of them is called. It stands in for the
/// options framework, whose generic types native code would have to build when the server starts.
/// </summary>
internal sealed class ServerDefinition(IServiceProvider services) : IOptions<McpServerOptions>
{
    public const string Name = "gptimage2-mcp";

    public static string Version { get; } =
        typeof(ServerDefinition).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public McpServerOptions Value => field ??= new McpServerOptions
    {
        ServerInfo = new Implementation
        {
            Name = Name,
            Title = "GPT Image 2 studio",
            Version = Version,
            Icons = [new Icon { Source = Icon, MimeType = "image/svg+xml" }],
        },
        ServerInstructions = ServerInstructions.Create(services.GetRequiredService<IDownloadLinks>().AreServed),
        ScopeRequests = false,
        Capabilities = new ServerCapabilities { Extensions = new Dictionary<string, object> { [TasksExtension.ExtensionName] = new JsonObject(), [AppsExtension.Name] = new JsonObject() } },
        RequestHandlers = TasksExtension.CreateHandlers(services.GetRequiredService<TasksExtension>),
        ResourceCollection = services.GetRequiredService<ImageListChanges>().Resources,
        Filters =
        {
            Request = { CallToolWithAlternateFilters = { TasksExtension.CallToolFilterAsync } },
            Message =
            {
                IncomingFilters = { ParamsNormalizer.Filter, StartRecovery, next => (context, cancellationToken) => services.GetRequiredService<ResultDeliveryTracker>().FilterIncoming(next)(context, cancellationToken) },
                OutgoingFilters = { next => (context, cancellationToken) => services.GetRequiredService<ResultDeliveryTracker>().FilterOutgoing(next)(context, cancellationToken), AppsExtension.HideFromOthers },
            },
        },
        Handlers = new McpServerHandlers
        {
            NotificationHandlers = [new(NotificationMethods.RootsListChangedNotification, (_, _) => ForgetAttachments())],
            ListToolsHandler = (request, _) => ValueTask.FromResult(services.GetRequiredService<ToolDispatcher>().List(request)),
            CallToolHandler = (request, cancellationToken) => services.GetRequiredService<ToolDispatcher>().CallAsync(request, cancellationToken),
            ListResourcesHandler = async (request, cancellationToken) =>
                await MapErrorsAsync(request, async _ => WithPage(request, await services.GetRequiredService<ResourceRouter>().ListAsync(GetSession(request), request.Params?.Cursor, cancellationToken))),
            ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(ResourceRouter.ListTemplates()),
            ReadResourceHandler = async (request, cancellationToken) =>
                await MapErrorsAsync(request, _ => services.GetRequiredService<ResourceRouter>().ReadAsync(GetSession(request), request.Params.Uri, cancellationToken))
                ?? throw CreateMissingResourceError(request),
            CompleteHandler = async (request, cancellationToken) =>
                await MapErrorsAsync(request, caller => services.GetRequiredService<CompletionHandler>().CompleteAsync(caller, request.Params, cancellationToken)),
            ListPromptsHandler = (_, _) => ValueTask.FromResult(services.GetRequiredService<TemplatePrompts>().List()),
            GetPromptHandler = async (request, cancellationToken) =>
                await MapErrorsAsync(request, caller => services.GetRequiredService<TemplatePrompts>()
                    .GetAsync(caller, request.Params, SupportsResourceLinksInPrompts(request.Server), cancellationToken))
                ?? throw CreateMissingPromptError(request, services.GetRequiredService<TemplateLibrary>()),
        },
    };

    private ValueTask ForgetAttachments()
    {
        services.GetRequiredService<AttachmentFolder>().Forget();
        return ValueTask.CompletedTask;
    }

    private Task<T> MapErrorsAsync<T>(MessageContext request, Func<Caller, Task<T>> read) =>
        services.GetRequiredService<ToolErrorMapper>().MapToProtocolErrorAsync(GetSession(request).Caller, read);

    /// <summary>The page is listed for clients that show it.</summary>
    private static ListResourcesResult WithPage(RequestContext<ListResourcesRequestParams> request, ListResourcesResult listed)
    {
        if (request.Params?.Cursor is null && AppsExtension.IsSupportedBy(request.Server))
        {
            listed.Resources = [StudioPage.Descriptor, .. listed.Resources];
        }

        return listed;
    }

    private CallerSession GetSession(MessageContext request) => services.GetRequiredService<ICallerAccessor>().GetSession(request);

    /// <summary>A tiny frame with a landscape, because every result of the newer protocol repeats it.</summary>
    private const string Icon =
        "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20viewBox='0,0,8,8'%3E%3Cpath%20d='M0,0h8v8H0zm1,6h6L5,3,3,5,2,4z'%20fill='%23e67'/%3E%3C/svg%3E";

    /// <summary>The first message that needs the store also puts it in order, concurrently with the answer.</summary>
    private McpMessageHandler StartRecovery(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.ToolsCall or RequestMethods.ResourcesList or RequestMethods.ResourcesRead or RequestMethods.CompletionComplete or TasksExtension.TasksGetMethod })
        {
            services.GetRequiredService<RecoveryService>().Start();
        }

        return next(context, cancellationToken);
    };

    /// <summary>Links among a prompt's blocks came with the revision of June 2025.</summary>
    private static bool SupportsResourceLinksInPrompts(McpServer server) => string.CompareOrdinal(server.NegotiatedProtocolVersion, "2025-06-18") >= 0;

    private static McpProtocolException CreateMissingPromptError(RequestContext<GetPromptRequestParams> request, TemplateLibrary library) => new(
        $"There is no prompt {request.Params.Name}. There are: {string.Join(", ", library.All.Select(template => template.Name))}.",
        McpErrorCode.InvalidParams);

    /// <summary>The protocol changed the code in 2026; the SDK's own constant is the older one.</summary>
    private static McpProtocolException CreateMissingResourceError(RequestContext<ReadResourceRequestParams> request) => new(
        $"There is no resource {request.Params.Uri}. images://recent and list_images show what there is.",
        string.CompareOrdinal(request.Server.NegotiatedProtocolVersion, "2026-07-28") >= 0 ? McpErrorCode.InvalidParams : McpErrorCode.ResourceNotFound)
    {
        Data = { ["uri"] = request.Params.Uri },
    };
}
