using GptImage2.Backends;
using GptImage2.Backends.Local;
using GptImage2.Generation;
using GptImage2.Generation.Rendering;
using GptImage2.Imaging.Matting.Models;
using GptImage2.Matting.Onnx;
using GptImage2.Mcp.Apps.Actions;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Jobs;
using GptImage2.Mcp.Prompts;
using GptImage2.Mcp.Prompts.Completions;
using GptImage2.Mcp.Prompts.Guides;
using GptImage2.Mcp.Prompts.Templates;
using GptImage2.Mcp.Resources;
using GptImage2.Mcp.Resources.Spending;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Results.Cast;
using GptImage2.Mcp.Results.Links;
using GptImage2.Mcp.Results.Notes;
using GptImage2.Mcp.Results.Recipes;
using GptImage2.Mcp.Results.Views;
using GptImage2.Mcp.Server.Dispatch;
using GptImage2.Mcp.Tasks;
using GptImage2.Mcp.Tools;
using GptImage2.Mcp.Tools.Arguments.Reading;
using GptImage2.Mcp.Tools.Base;
using GptImage2.Mcp.Tools.Help;
using GptImage2.Mcp.Tools.Repairs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace GptImage2.Mcp.Server;

/// <summary>The whole object graph on one page. A transport is the only thing left to add.</summary>
internal static class ServerServices
{
    extension(IServiceCollection services)
    {
        public IServiceCollection AddGptImage2Server(ServerSettings settings)
        {
            services.TryAddSingleton(TimeProvider.System);
            return services
                .AddSettings(settings)
                .AddGeneration()
                .AddGptImage2(settings.Backends)
                .AddMatting(settings)
                .AddMcp();
        }

        private IServiceCollection AddSettings(ServerSettings settings) => services
            .AddSingleton(settings)
            .AddSingleton(settings.Fallback)
            .AddSingleton(settings.Storage)
            .AddSingleton(settings.Roots)
            .AddSingleton(settings.Results)
            .AddSingleton(settings.Jobs)
            .AddSingleton(settings.Spending)
            .AddSingleton(settings.Templates)
            .AddSingleton(settings.Cast);

        /// <summary>The model's library and file are not touched before an image is cut out.</summary>
        private IServiceCollection AddMatting(ServerSettings settings) => settings.Matting is not { } options ? services : services
            .AddSingleton<IMatteModel>(provider => new OnnxMatteModel(options, provider.GetRequiredService<TimeProvider>()))
            .AddKeyedSingleton<IImageBackend, ModelRemovalBackend>(BackendRegistry.BackgroundModelKey);

        private IServiceCollection AddMcp() => services
            .AddSingleton<IOptions<McpServerOptions>, ServerDefinition>()
            .AddSingleton<ImageListChanges>()
            .AddSingleton<JobDrainService>()
            .AddHostedService(provider => provider.GetRequiredService<JobDrainService>())
            .AddSingleton<ITool, GenerateImageTool>()
            .AddSingleton<ITool, EditWithReferencesTool>()
            .AddSingleton<ITool, InpaintRegionTool>()
            .AddSingleton<ITool, RemoveBackgroundTool>()
            .AddSingleton<ITool, RemoveBackgroundHintTool>()
            .AddSingleton<ITool, ComposeBoardTool>()
            .AddSingleton<ITool, ListPresetsTool>()
            .AddSingleton<ITool, CheckJobTool>()
            .AddSingleton<ITool, ViewImageTool>()
            .AddSingleton<ITool, ListImagesTool>()
            .AddSingleton<ITool, DefineCastTool>()
            .AddSingleton<ITool, CreateStoryboardTool>()
            .AddSingleton<ITool, UpdateStoryboardTool>()
            .AddSingleton<ITool, ExportStoryboardTool>()
            .AddSingleton<ImageFacts>()
            .AddSingleton<ImageActions>()
            .AddSingleton<PartReader>()
            .AddSingleton<GalleryActions>()
            .AddSingleton<JobActions>()
            .AddSingleton<BoardActions>()
            .AddSingleton<ITool, StudioActionTool>()
            .AddSingleton<ToolSet>()
            .AddSingleton<ArgumentReader>()
            .AddSingleton<CallBinder>()
            .AddSingleton<CallRepair>()
            .AddSingleton<ImageToolRunner>()
            .AddSingleton<ICallerAccessor, LocalCallerAccessor>()
            .AddSingleton<AttachmentFolder>()
            .AddSingleton<ResultDeliveryTracker>()
            .AddSingleton<TasksExtension>()
            .AddSingleton<JobFinder>()
            .AddSingleton<IDownloadLinks, NoDownloadLinks>()
            .AddSingleton<ViewHistory>()
            .AddSingleton<NumberedSheet>()
            .AddSingleton<NoteHistory>()
            .AddSingleton<ImageLines>()
            .AddSingleton<ImageContentBuilder>()
            .AddSingleton<SheetContentBuilder>()
            .AddSingleton<RecipeReader>()
            .AddSingleton<JobResultJson>()
            .AddSingleton<JobResultText>()
            .AddSingleton<JobResultBuilder>()
            .AddSingleton<SpendingSummary>()
            .AddSingleton<ModelInfoTopics>()
            .AddSingleton<ImageResources>()
            .AddSingleton<SpendingResource>()
            .AddSingleton<ValueCompletions>()
            .AddSingleton<CompletionHandler>()
            .AddSingleton<TemplateLibrary>()
            .AddSingleton<TemplateValueKinds>()
            .AddSingleton<TemplateBinder>()
            .AddSingleton<TemplatePrompts>()
            .AddSingleton<GuideFacts>()
            .AddSingleton<GuideLibrary>()
            .AddSingleton<GuideResources>()
            .AddSingleton<CastResources>()
            .AddSingleton<StoryboardResources>()
            .AddSingleton<CastSheet>()
            .AddSingleton<HelpContent>()
            .AddSingleton<ResourceRouter>()
            .AddSingleton<TemplateValidator>()
            .AddSingleton<AccessRules>()
            .AddSingleton<ToolErrorMapper>()
            .AddSingleton<ToolDispatcher>();
    }
}
