using BenchmarkDotNet.Attributes;
using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;

namespace GptImage2.Benchmarks;

/// <summary>A warm call from the client's side, over a service that answers at once with an image that nothing compresses: what we add to the vendor's time.</summary>
[MemoryDiagnoser]
public class CallBenchmark
{
    private StrictOpenAI? _service;
    private McpHost? _server;
    private int _calls;

    [Params("square", "wide_4k")]
    public string Preset { get; set; } = "";

    /// <summary>Waits itself, because not every toolchain waits for a task.</summary>
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    private async Task SetupAsync()
    {
        var image = NoisePng.Create(Preset is "square" ? new Dimensions(1024, 1024) : new Dimensions(3840, 2160), 1);
        _service = await StrictOpenAI.StartAsync();
        _service.DrawImage = (_, _) => image;
        _server = await McpHost.StartAsync([("OPENAI_API_KEY", _service.ApiKey), ("OPENAI_BASE_URL", _service.BaseUrl.AbsoluteUri)]);
    }

    [Benchmark]
    public async Task<int> GenerateImageAsync()
    {
        var result = await _server!.Client.CallToolAsync(
            "generate_image",
            new Dictionary<string, object?> { ["prompt"] = $"grain {_calls++}", ["preset"] = Preset });
        return result.IsError is true ? throw new InvalidOperationException("The call failed.") : result.Content.Count;
    }

    private async Task CleanupAsync()
    {
        await _server!.DisposeAsync();
        await _service!.DisposeAsync();
    }
}
