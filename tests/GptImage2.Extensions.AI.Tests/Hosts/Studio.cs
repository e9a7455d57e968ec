using GptImage2.Backends.Http;
using GptImage2.Backends.OpenAI;
using GptImage2.Extensions.AI.Generator;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Storage;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.Rendering;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Extensions.AI.Tests.Hosts;

/// <summary>A .NET program that uses the pipeline as a library: its own services, a store of its own, and OpenAI's stand-in.</summary>
internal sealed class Studio : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly ServiceProvider _services;

    private Studio(StrictOpenAI service, DirectoryInfo folder, ServiceProvider services) => (Service, _folder, _services) = (service, folder, services);

    public StrictOpenAI Service { get; }

    public FakeRemoteImageFetcher Internet => (FakeRemoteImageFetcher)Get<IRemoteImageFetcher>();

    public IImageGenerator Images => Get<IImageGenerator>();

    /// <param name="change">Changes the settings, which by default have a key of the stand-in's.</param>
    /// <param name="more">Further services, which may use the stand-in.</param>
    public static async Task<Studio> StartAsync(Func<GptImageSettings, GptImageSettings>? change = null, Action<IServiceCollection, StrictOpenAI>? more = null)
    {
        var service = await StrictOpenAI.StartAsync(acceptsClientForms: more is not null);
        var folder = Directory.CreateTempSubdirectory("studio-");
        var settings = new GptImageSettings
        {
            StorageRoot = Path.Combine(folder.FullName, "store"),
            Roots = new() { Readable = [], Writable = [folder.FullName] },
            Backends = new() { Model = "gpt-image-2", OpenAI = new OpenAIOptions { ApiKey = new Secret(service.ApiKey), BaseUrl = service.BaseUrl } },
        };
        var services = new ServiceCollection().AddGptImage2(change is null ? settings : change(settings)).AddSingleton<IRemoteImageFetcher, FakeRemoteImageFetcher>();
        more?.Invoke(services, service);
        return new Studio(service, folder, services.BuildServiceProvider());
    }

    public string GetPath(string name) => Path.Combine(_folder.FullName, name);

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<ImageGenerationResponse> AskAsync(string prompt, ImageGenerationOptions? options = null, params AIContent[] images) =>
        Images.GenerateAsync(new ImageGenerationRequest(prompt, images), options, TestContext.Current.CancellationToken);

    public async Task<Failure> FailAsync(string prompt, ImageGenerationOptions? options = null, params AIContent[] images) =>
        (await Should.ThrowAsync<ImageException>(() => AskAsync(prompt, options, images))).Failure;

    public Task<ImageRecord?> FindAsync(AIContent image) =>
        Get<IImageCatalog>().FindAsync("local", (string)image.AdditionalProperties![GptImageResult.IdProperty]!, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Service.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
