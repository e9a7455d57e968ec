using GptImage2.Generation.Failures;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.References;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Tests.References;
using GptImage2.Imaging;
using GptImage2.Testing.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Generation.Tests;

/// <summary>The whole main path over real files and a scripted backend.</summary>
internal sealed class Studio : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("studio-");
    private readonly ServiceProvider _services;

    public Studio(TimeProvider? clock = null, JobOptions? jobs = null, SpendingOptions? spending = null, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection()
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddSingleton(clock ?? TimeProvider.System)
            .AddSingleton(new StorageOptions { Root = Path.Combine(Folder, "store"), CatalogFolder = Path.Combine(Folder, "catalog"), Temporary = Path.Combine(Folder, "temporary") })
            .AddSingleton(new LocalRoots { Readable = [Folder], Writable = [Work], WorkingFolder = Work })
            .AddSingleton(jobs ?? new JobOptions())
            .AddSingleton(spending ?? new SpendingOptions())
            .AddSingleton<IImageBackend>(Backend)
            .AddSingleton<IRemoteImages, SilentInternet>()
            .AddGeneration();
        more?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public string Folder => _folder.FullName;

    /// <summary>The working directory; copies may be written below it.</summary>
    public string Work => Path.Combine(Folder, "work");

    public ScriptedBackend Backend { get; } = new();

    public ImageWorkflow Workflow => _services.GetRequiredService<ImageWorkflow>();

    public JobBoard Jobs => _services.GetRequiredService<JobBoard>();

    public IImageStore Store => _services.GetRequiredService<IImageStore>();

    public ICatalog Catalog => _services.GetRequiredService<ICatalog>();

    public static GenerateRequest Request(string prompt = "a lighthouse", int count = 1, Delivery? delivery = null) =>
        new() { Prompt = prompt, Size = new Dimensions(1024, 640), Count = count, Delivery = delivery ?? new() };

    public Task<JobPlan> PlanAsync(ImageRequest request) =>
        Workflow.PlanAsync(Caller.Local, "generate_image", request, TestContext.Current.CancellationToken);

    public async Task<JobView> AskAsync(ImageRequest request, CancellationToken cancellationToken = default) =>
        await Workflow.AskAsync(await PlanAsync(request), new Ignored(), cancellationToken);

    public static Exception Broken(Billing billed) =>
        new ImageException(new Failure { Code = FailureCode.AnswerLost, Message = "The line broke.", Billed = billed });

    public async ValueTask DisposeAsync()
    {
        await Jobs.DrainAsync(TimeSpan.Zero);
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private sealed class Ignored : IProgress<JobView>
    {
        public void Report(JobView value)
        {
        }
    }
}
