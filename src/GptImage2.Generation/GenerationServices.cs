using GptImage2.Generation.Cast;
using GptImage2.Generation.Cast.Definition;
using GptImage2.Generation.Favourites;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Planning.Mentions;
using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using GptImage2.Generation.Storage.Local.Sqlite;
using GptImage2.Generation.Storyboards;
using GptImage2.Generation.Uploads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GptImage2.Generation;

public static class GenerationServices
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the main path and everything on it. The backends, a clock and the options must be added as well; without options for the cast there is only what callers define.</summary>
        public IServiceCollection AddGeneration()
        {
            services.TryAddSingleton(new CastOptions());
            return services.AddMainPath();
        }

        private IServiceCollection AddMainPath() => services
            .AddSingleton<IRequestConstraint, PromptConstraint>()
            .AddSingleton<IRequestConstraint, SizeConstraint>()
            .AddSingleton<IRequestConstraint, AllowedValuesConstraint>()
            .AddSingleton<IRequestConstraint, DeliveryConstraint>()
            .AddSingleton<IRequestConstraint, TranslucencyConstraint>()
            .AddSingleton<IRequestConstraint, ReferencesConstraint>()
            .AddSingleton<IRequestConstraint, RegionConstraint>()
            .AddSingleton<IRequestConstraint, MentionConstraint>()
            .AddSingleton<IRequestConstraint, BoardConstraint>()
            .AddSingleton<IRequestConstraint, StoryboardConstraint>()
            .AddSingleton<RequestValidator>()
            .AddSingleton<IImageStore, FileImageStore>()
            .AddSingleton<SqliteImageCatalog>()
            .AddSingleton<IImageCatalog>(provider => provider.GetRequiredService<SqliteImageCatalog>())
            .AddSingleton<IJobStore, SqliteJobStore>()
            .AddSingleton<IUploadCatalog, SqliteUploadCatalog>()
            .AddSingleton<IFavouriteStore, SqliteFavouriteStore>()
            .AddSingleton<IUploadedAssets, SqliteUploadedAssets>()
            .AddSingleton<UploadSweep>()
            .AddSingleton<UploadStore>()
            .AddSingleton<ServerInstanceRegistry>()
            .AddSingleton<OrphanRecovery>()
            .AddSingleton<Inbox>()
            .AddSingleton<LocalFileAccess>()
            .AddSingleton<SharedFiles>()
            .AddSingleton<ImageFinder>()
            .AddSingleton<CastStore>()
            .AddSingleton<CastExpander>()
            .AddSingleton<CastDefiner>()
            .AddSingleton<ImageArgumentResolver>()
            .AddSingleton<IInputStore, InputStore>()
            .AddSingleton<InputImageResolver>()
            .AddSingleton<InputPreparation>()
            .AddSingleton<ICopyHistory, CopyHistory>()
            .AddSingleton<ImageSearch>()
            .AddSingleton<SaveToPolicy>()
            .AddSingleton<SpendingCaps>()
            .AddSingleton<JobPlanSerializer>()
            .AddSingleton<JobStateWriter>()
            .AddSingleton<JobReservations>()
            .AddSingleton<LocalJobs>()
            .AddSingleton<BackendConcurrencyLimiter>()
            .AddSingleton<SecondPictureRenderer>()
            .AddSingleton<IJobHandler, RenderJobHandler>()
            .AddSingleton<IJobRunner, JobRunner>()
            .AddSingleton<JobEstimates>()
            .AddSingleton<JobQueries>()
            .AddSingleton<JobScheduler>()
            .AddSingleton<JobRecovery>()
            .AddSingleton<RecoveryService>()
            .AddSingleton<ImageStoreEvents>()
            .AddSingleton<ImageRecorder>()
            .AddSingleton(provider => new BackendRegistry(
                provider.GetRequiredService<IReadOnlyList<IImageBackend>>(),
                provider.GetServices<ModelTable>(),
                provider.GetRequiredKeyedService<IImageBackend>(BackendRegistry.BackgroundRemovalKey),
                provider.GetRequiredKeyedService<IImageBackend>(BackendRegistry.BoardKey),
                provider.GetKeyedService<IImageBackend>(BackendRegistry.BackgroundModelKey),
                new StoryboardBackend(provider.GetRequiredService<StoryboardRunner>)))
            .AddSingleton<BackendFallback>()
            .AddSingleton<PostProcessingSteps>()
            .AddSingleton<PostProcessor>()
            .AddSingleton<JobPlanner>()
            .AddSingleton<JobStarter>()
            .AddStoryboards()
            .AddSingleton<ImageWorkflow>();

        private IServiceCollection AddStoryboards() => services
            .AddSingleton<IStoryboardStore, SqliteStoryboardStore>()
            .AddSingleton<StoryboardPlanner>()
            .AddSingleton<BoardReferences>()
            .AddSingleton<PanelDrawer>()
            .AddSingleton<BoardComposer>()
            .AddSingleton<StoryboardRunner>()
            .AddSingleton<ExportFolder>()
            .AddSingleton(provider => new StoryboardExporter(
                provider.GetRequiredService<BoardComposer>(),
                provider.GetRequiredService<PanelDrawer>(),
                provider.GetRequiredService<StoryboardPlanner>(),
                provider.GetRequiredService<IImageStore>(),
                provider.GetRequiredService<BackendRegistry>()));
    }
}
