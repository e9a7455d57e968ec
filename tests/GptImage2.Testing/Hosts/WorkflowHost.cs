using GptImage2.Backends.Local;
using GptImage2.Generation;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Testing.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GptImage2.Testing.Hosts;

/// <summary>The whole main path over real files and a real catalog; the backend is scripted unless another one is registered.</summary>
public class WorkflowHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly bool _sharesStore;
    private readonly ServiceProvider _services;

    /// <param name="more">Further services, or others in place of those here.</param>
    /// <param name="on">Another whose store this one shares, as a second server does; it is left alone at the end.</param>
    public WorkflowHost(TimeProvider? clock = null, JobOptions? jobs = null, SpendingOptions? spending = null, Action<IServiceCollection>? more = null, WorkflowHost? on = null)
    {
        _sharesStore = on is not null;
        _folder = on?._folder ?? Directory.CreateTempSubdirectory("workflow-");
        var services = new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton(new StorageOptions { Root = Path.Combine(Folder, "store"), CatalogFolder = Path.Combine(Folder, "catalog"), Temporary = Path.Combine(Folder, "temporary") })
            .AddSingleton(new LocalRoots { Readable = [Folder], Writable = [Work], WorkingFolder = Work })
            .AddSingleton(jobs ?? new JobOptions())
            .AddSingleton(spending ?? new SpendingOptions())
            .AddSingleton(new FallbackOptions())
            .AddBackend(Backend)
            .AddSingleton<IRemoteImageFetcher, FakeRemoteImageFetcher>()
            .AddKeyedSingleton<IImageBackend, BackgroundRemovalBackend>(BackendRegistry.BackgroundRemovalKey)
            .AddKeyedSingleton<IImageBackend, BoardBackend>(BackendRegistry.BoardKey)
            .AddGeneration()
            .AddSingleton<RenderJobHandler>()
            .AddSingleton<IJobHandler>(provider => Handler = new ScriptedJobHandler(provider.GetRequiredService<RenderJobHandler>()));
        more?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public string Folder => _folder.FullName;

    /// <summary>The working directory; copies may be written below it.</summary>
    public string Work => Path.Combine(Folder, "work");

    public ScriptedBackend Backend { get; } = new();

    private ScriptedJobHandler? Handler { get; set; }

    public ImageWorkflow Workflow => GetService<ImageWorkflow>();

    private DateTimeOffset Now => GetService<TimeProvider>().GetUtcNow();

    public JobScheduler Jobs => GetService<JobScheduler>();

    public JobQueries Queries => GetService<JobQueries>();

    public IImageStore Store => GetService<IImageStore>();

    public IImageCatalog Catalog => GetService<IImageCatalog>();

    public T GetService<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static GenerateRequest Request(string prompt = "a lighthouse", int count = 1, Delivery? delivery = null) =>
        new() { Prompt = prompt, Size = new Dimensions(1024, 640), Count = count, Delivery = delivery ?? new() };

    public Task<JobPlan> PlanAsync(ImageRequest request, string tool = "generate_image") =>
        Workflow.PlanAsync(Caller.Local, tool, request, TestContext.Current.CancellationToken);

    /// <summary>Makes the plan's images, whether or not the same are being made.</summary>
    public Task<JobSnapshot> MakeAsync(JobPlan plan) =>
        Workflow.AskAsync(plan, fresh: true, Now, GetService<JobOptions>().Wait, new NullProgress(), TestContext.Current.CancellationToken);

    /// <summary>Waits for a request's images and takes them, as a client does.</summary>
    public async Task<JobSnapshot> AskAsync(ImageRequest request, CancellationToken cancellationToken = default) =>
        await AskAsync(await PlanAsync(request), cancellationToken);

    /// <summary>Waits for a plan's images and takes them, as a client does.</summary>
    public async Task<JobSnapshot> AskAsync(JobPlan plan, CancellationToken cancellationToken = default)
    {
        var view = await Workflow.AskAsync(plan, fresh: false, Now, GetService<JobOptions>().Wait, new NullProgress(), cancellationToken);
        await Jobs.MarkCollectedAsync(view.Id, Now);
        return view;
    }

    /// <summary>Starts a job whose work is given, or joins its duplicate.</summary>
    public async Task<JobHandle> StartAsync(ImageRequest request, Func<Job, CancellationToken, Task> work, bool fresh = false)
    {
        var (jobs, plan) = (Jobs, await PlanAsync(request));
        Handler!.Script(plan, work);
        return await jobs.StartOrJoinAsync(plan, fresh, Now, TestContext.Current.CancellationToken);
    }

    public static Exception CreateLostAnswer(Billing billed) =>
        new ImageException(new Failure { Code = FailureCode.AnswerLost, Message = "The line broke.", Billed = billed });

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Jobs.DrainAsync(TimeSpan.Zero);
        await _services.DisposeAsync();
        if (!_sharesStore)
        {
            _folder.Delete(recursive: true);
        }
    }

    /// <summary>Does the work that a test gives for a plan; renders every other.</summary>
    private sealed class ScriptedJobHandler(IJobHandler renderer) : IJobHandler
    {
        private readonly ConcurrentDictionary<JobPlan, Func<Job, CancellationToken, Task>> _scripts = new(ReferenceEqualityComparer.Instance);

        public void Script(JobPlan plan, Func<Job, CancellationToken, Task> work) => _scripts[plan] = work;

        public Task ExecuteAsync(Job job, CancellationToken cancellationToken) =>
            _scripts.TryGetValue(job.Plan, out var work) ? work(job, cancellationToken) : renderer.ExecuteAsync(job, cancellationToken);
    }

    private sealed class NullProgress : IProgress<JobSnapshot>
    {
        public void Report(JobSnapshot value)
        {
        }
    }
}
