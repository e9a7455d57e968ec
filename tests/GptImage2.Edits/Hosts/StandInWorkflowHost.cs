using GptImage2.Backends;
using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.OpenAI;

namespace GptImage2.Edits.Hosts;

/// <summary>The whole main path up to the stand-in of the service, over real HTTP.</summary>
internal sealed class StandInWorkflowHost : WorkflowHost
{
    private StandInWorkflowHost(StrictOpenAI service, bool stream)
        : base(
            jobs: new JobOptions { Wait = TimeSpan.FromMinutes(5) },
            spending: new SpendingOptions { PerCallUsd = null },
            more: services => services.AddGptImage2(new BackendOptions { Model = OpenAIModels.Default, OpenAI = new OpenAIOptions { ApiKey = new Secret(service.ApiKey), BaseUrl = service.BaseUrl, Stream = stream } }))
    {
        Service = service;
        service.DrawImage = EditSimulator.Draw;
        Directory.CreateDirectory(Work);
    }

    public StrictOpenAI Service { get; }

    /// <summary>How many edits it has been lent for.</summary>
    public int Uses { get; set; }

    public static async Task<StandInWorkflowHost> StartAsync(bool stream = true) => new(await StrictOpenAI.StartAsync(), stream);

    /// <summary>Puts a file where callers may name it.</summary>
    /// <returns>Its name.</returns>
    public string Put(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(Work, name), bytes);
        return name;
    }

    public Task<JobPlan> PlanAsync(ImageRequest request) => PlanAsync(request, request is InpaintRequest ? "inpaint_region" : "edit_with_references");

    public byte[] Read(DeliveredImage image) => File.ReadAllBytes(Store.GetAbsolutePath(image.Record.File)!);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Service.DisposeAsync();
    }
}
