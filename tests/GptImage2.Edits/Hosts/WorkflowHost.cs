using GptImage2.Backends;
using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI;
using GptImage2.Backends.Sketch;
using GptImage2.Generation;
using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Testing.OpenAI;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Edits.Hosts;

/// <summary>The whole main path over real files, a real catalog and real HTTP, up to the stand-in of the service.</summary>
internal sealed class WorkflowHost : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edits-");
    private readonly ServiceProvider _services;

    private WorkflowHost(StrictOpenAI service, bool stream)
    {
        Service = service;
        service.DrawImage = EditSimulator.Draw;
        var openAI = new OpenAIOptions { ApiKey = new Secret(service.ApiKey), BaseUrl = service.BaseUrl, Stream = stream };
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new StorageOptions { Root = Path.Combine(Folder, "store"), CatalogFolder = Path.Combine(Folder, "catalog") })
            .AddSingleton(new LocalRoots { Readable = [Folder], Writable = [Folder], WorkingFolder = Folder })
            .AddSingleton(new JobOptions { Wait = TimeSpan.FromMinutes(5) })
            .AddSingleton(new SpendingOptions { PerCallUsd = null })
            .AddGeneration()
            .AddGptImage2("openai", openAI, new SketchOptions())
            .BuildServiceProvider();
    }

    public StrictOpenAI Service { get; }

    /// <summary>How many edits it has been lent for.</summary>
    public int Uses { get; set; }

    public string Folder => _folder.FullName;

    public ImageWorkflow Workflow => _services.GetRequiredService<ImageWorkflow>();

    public static async Task<WorkflowHost> StartAsync(bool stream = true) => new(await StrictOpenAI.StartAsync(), stream);

    /// <summary>Puts a file where callers may name it.</summary>
    /// <returns>Its name.</returns>
    public string Put(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(Folder, name), bytes);
        return name;
    }

    public Task<JobPlan> PlanAsync(ImageRequest request) =>
        Workflow.PlanAsync(Caller.Local, request is InpaintRequest ? "inpaint_region" : "edit_with_references", request, TestContext.Current.CancellationToken);

    /// <summary>Makes the plan's pictures.</summary>
    public Task<JobSnapshot> MakeAsync(JobPlan plan) => Workflow.AskAsync(plan, fresh: true, TimeSpan.FromMinutes(2), new NullProgress(), TestContext.Current.CancellationToken);

    public byte[] Read(DeliveredImage image) => File.ReadAllBytes(_services.GetRequiredService<IImageStore>().GetAbsolutePath(image.Record.File)!);

    public async ValueTask DisposeAsync()
    {
        await _services.GetRequiredService<JobScheduler>().DrainAsync(TimeSpan.Zero);
        await _services.DisposeAsync();
        await Service.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private sealed class NullProgress : IProgress<JobSnapshot>
    {
        public void Report(JobSnapshot value)
        {
        }
    }
}
