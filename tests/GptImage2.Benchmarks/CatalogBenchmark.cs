using BenchmarkDotNet.Attributes;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local.Sqlite;
using GptImage2.Imaging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Benchmarks;

/// <summary>Listing must cost the same however much the store holds.</summary>
public class CatalogBenchmark
{
    private static readonly string[] Words = ["fox", "snow", "lighthouse", "harbour", "night", "paper", "glass", "garden", "market", "train"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("catalog-");
    private SqliteImageCatalog? _catalog;
    private ImagePosition? _middle;

    [Params(1_000, 100_000)]
    public int Images { get; set; }

    /// <summary>Waits itself, because not every toolchain waits for a task.</summary>
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => CleanupAsync().GetAwaiter().GetResult();

    private async Task SetupAsync()
    {
        _catalog = new SqliteImageCatalog(new StorageOptions { Root = _folder.FullName, CatalogFolder = _folder.FullName }, NullLogger<SqliteImageCatalog>.Instance);
        var random = new Random(1);
        for (var image = 0; image < Images; image++)
        {
            var record = Record(image, random);
            await _catalog.AddAsync(record, CancellationToken.None);
            _middle = image == Images / 2 ? new ImagePosition(record.Id) : _middle;
        }
    }

    [Benchmark]
    public Task<ImagePage> Newest() => _catalog!.ListAsync("local", new ImageQuery { Limit = 20 }, CancellationToken.None);

    [Benchmark]
    public Task<ImagePage> Deep() => _catalog!.ListAsync("local", new ImageQuery { Limit = 20, Before = _middle }, CancellationToken.None);

    [Benchmark]
    public Task<ImagePage> OneWord() => _catalog!.ListAsync("local", new ImageQuery { Limit = 20, Words = "lighthouse" }, CancellationToken.None);

    [Benchmark]
    public Task<ImagePage> NoMatch() => _catalog!.ListAsync("local", new ImageQuery { Limit = 20, Words = "zeppelin" }, CancellationToken.None);

    [Benchmark]
    public Task<ImagePage> LargePage() => _catalog!.ListAsync("local", new ImageQuery { Limit = 100, Words = "lighthouse" }, CancellationToken.None);

    [Benchmark]
    public Task<ImagePage> SomeWords() => _catalog!.ListAsync("local", new ImageQuery { Limit = 100, Words = "lighthouse snow night zeppelin" }, CancellationToken.None);

    [Benchmark]
    public Task<ImagePage> PartOfId() => _catalog!.ListAsync("local", new ImageQuery { Limit = 20, Words = "2a3b4c" }, CancellationToken.None);

    private async Task CleanupAsync()
    {
        await _catalog!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static ImageRecord Record(int number, Random random) => new()
    {
        Id = IdGenerator.CreateImageId(IdGenerator.CreateJobId(), 1, finished: false),
        Owner = "local",
        JobId = IdGenerator.CreateJobId(),
        Number = 1,
        Created = DateTimeOffset.UnixEpoch.AddMinutes(number),
        Delivered = true,
        File = new StoredFile($"2026-11-22/{number}.png", ImageFormat.Png, new Dimensions(1024, 1024), false, 1_500_000, new string('0', 64)),
        Prompt = string.Join(' ', Enumerable.Range(0, 12).Select(_ => Words[random.Next(Words.Length)])),
        Tool = "generate_image",
        Backend = "openai",
        Model = "gpt-image-2",
        Quality = "medium",
    };
}
