using BenchmarkDotNet.Attributes;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Mcp.Prompts.Completions;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace GptImage2.Benchmarks;

/// <summary>
/// What completes an image argument while somebody types, over a full store and a full inbox; and the same from the
/// client's side, for the ids of a resource template.
/// </summary>
public class CompletionBenchmark
{
    private const int Images = 100_000;
    private const int Waiting = 1_000;

    private static readonly string[] Words = ["fox", "snow", "lighthouse", "harbour", "night", "paper", "glass", "garden", "market", "train"];

    private McpHost? _server;
    private ValueCompletions? _completions;
    private string _id = "";

    /// <summary>Waits itself, because not every toolchain waits for a task.</summary>
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => _server!.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task SetupAsync()
    {
        _server = await McpHost.StartAsync();
        _completions = _server.Services.GetRequiredService<ValueCompletions>();
        var catalog = _server.Services.GetRequiredService<IImageCatalog>();
        var random = new Random(1);
        for (var image = 0; image < Images; image++)
        {
            var record = Record(image, random);
            await catalog.AddAsync(record, CancellationToken.None);
            _id = image is Images / 2 ? record.Id : _id;
        }

        var inbox = Directory.CreateDirectory(Path.Combine(_server.Root, "inbox"));
        for (var file = 0; file < Waiting; file++)
        {
            await File.WriteAllBytesAsync(Path.Combine(inbox.FullName, $"IMG {file}.JPG"), [1]);
        }
    }

    [Benchmark]
    public Task<IReadOnlyList<string>> NothingTyped() => CompleteAsync("");

    [Benchmark]
    public Task<IReadOnlyList<string>> OneLetterOfAnId() => CompleteAsync(_id[..5]);

    [Benchmark]
    public Task<IReadOnlyList<string>> MostOfAnId() => CompleteAsync(_id[..12]);

    [Benchmark]
    public Task<IReadOnlyList<string>> PartOfAFileName() => CompleteAsync("lighthouse");

    [Benchmark]
    public Task<IReadOnlyList<string>> NoMatch() => CompleteAsync("zeppelin");

    [Benchmark]
    public async Task<int> FromTheClient() =>
        (await _server!.Client.CompleteAsync(new ResourceTemplateReference { Uri = "image://{id}" }, "id", "")).Completion.Values.Count;

    [Benchmark]
    public async Task<int> FromTheClientNoMatch() =>
        (await _server!.Client.CompleteAsync(new ResourceTemplateReference { Uri = "image://{id}" }, "id", "zeppelin")).Completion.Values.Count;

    private Task<IReadOnlyList<string>> CompleteAsync(string typed) => _completions!.CompleteAsync(Caller.Local, "images", typed, CancellationToken.None);

    private static ImageRecord Record(int number, Random random)
    {
        var id = IdGenerator.CreateImageId(IdGenerator.CreateJobId(), 1, finished: false);
        string[] words = [.. Enumerable.Range(0, 12).Select(_ => Words[random.Next(Words.Length)])];
        return new ImageRecord
        {
            Id = id,
            Owner = Caller.Local.Owner,
            JobId = IdGenerator.CreateJobId(),
            Number = 1,
            Created = DateTimeOffset.UnixEpoch.AddMinutes(number),
            Delivered = true,
            File = new StoredFile($"2026-11-22/101010-{string.Join('-', words.Take(5))}-{id["img_".Length..]}.png", ImageFormat.Png, new Dimensions(1024, 1024), false, 1_500_000, new string('0', 64)),
            Prompt = string.Join(' ', words),
            Tool = "generate_image",
            Backend = "openai",
            Model = "gpt-image-2",
            Quality = "medium",
        };
    }
}
