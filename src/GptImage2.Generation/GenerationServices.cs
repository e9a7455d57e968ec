using GptImage2.Generation.Constraints;
using GptImage2.Generation.Finishing;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Recovery;
using GptImage2.Generation.References;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Generation;

public static class GenerationServices
{
    extension(IServiceCollection services)
    {
        /// <summary>Adds the main path and everything it walks through. A backend, a clock and the options must be added beside it.</summary>
        public IServiceCollection AddGeneration() => services
            .AddSingleton<IConstraint, PromptConstraint>()
            .AddSingleton<IConstraint, SizeConstraint>()
            .AddSingleton<IConstraint, ChoiceConstraint>()
            .AddSingleton<IConstraint, FormatConstraint>()
            .AddSingleton<IConstraint, ResizeConstraint>()
            .AddSingleton<IConstraint, ReferencesConstraint>()
            .AddSingleton<IConstraint, RegionConstraint>()
            .AddSingleton<ConstraintSet>()
            .AddSingleton<IImageStore, FileImageStore>()
            .AddSingleton<SqliteCatalog>()
            .AddSingleton<ICatalog>(provider => provider.GetRequiredService<SqliteCatalog>())
            .AddSingleton<IJobCatalog, SqliteJobs>()
            .AddSingleton<Processes>()
            .AddSingleton<Leftovers>()
            .AddSingleton<Inbox>()
            .AddSingleton<LocalPictures>()
            .AddSingleton<ImageFinder>()
            .AddSingleton<InputFolder>()
            .AddSingleton<NamedPictures>()
            .AddSingleton<InputPreparation>()
            .AddSingleton<CopyPlaces>()
            .AddSingleton<SpendingCaps>()
            .AddSingleton<JobBook>()
            .AddSingleton<JobRunner>()
            .AddSingleton<PlanJson>()
            .AddSingleton<RenderGate>()
            .AddSingleton<JobBoard>()
            .AddSingleton<IJobRepair, JobRepair>()
            .AddSingleton<FirstUse>()
            .AddSingleton<Announcements>()
            .AddSingleton<Keeper>()
            .AddSingleton<LocalRemover>()
            .AddSingleton<Painter>()
            .AddSingleton<Finisher>()
            .AddSingleton<Planner>()
            .AddSingleton<TransparencyFallback>()
            .AddSingleton<ImageWorkflow>();
    }
}
