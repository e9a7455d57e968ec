using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Generation.Tests.Storage.Local;

public sealed class ImageRecordReaderTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Finds_every_record_whose_image_is_there_oldest_first()
    {
        var second = await RecordAsync("2026-05-05/010101-b-x.png");
        var first = await RecordAsync("2026-05-04/030201-a-x.png");
        await RecordAsync("inbox/010101-c-x.png");
        var gone = await RecordAsync("2026-05-06/010101-d-x.png");
        File.Delete(Path.Combine(_temp.Path, gone.File.Path));
        await File.WriteAllTextAsync(Path.Combine(_temp.Path, "2026-05-05", "torn.json"), "{ \"id\":", Token);

        Read().ShouldBe([first, second]);
    }

    [Fact]
    public async Task Believes_the_place_of_a_record_rather_than_its_words()
    {
        var record = await RecordAsync("2026-05-04/030201-a-x.png", said: "../../etc/passwd.png");

        Read().ShouldBe([record with { File = record.File with { Path = "2026-05-04/030201-a-x.png" } }]);
    }

    [Fact]
    public void Finds_nothing_where_there_is_no_store() => Read().ShouldBeEmpty();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private StorageOptions Options => new() { Root = _temp.Path, CatalogFolder = _temp.Path };

    private List<ImageRecord> Read() => [.. new ImageRecordReader(Options, NullLogger.Instance).ReadAll()];

    private async Task<ImageRecord> RecordAsync(string path, string? said = null)
    {
        var store = new FileImageStore(Options, TimeProvider.System, NullLogger<FileImageStore>.Instance);
        var record = TestImageRecords.Create("a fox");
        record = record with { File = record.File with { Path = path } };
        Directory.CreateDirectory(Path.GetDirectoryName(store.GetAbsolutePath(record.File))!);
        await File.WriteAllBytesAsync(store.GetAbsolutePath(record.File)!, TinyImages.Gif, Token);
        await store.WriteRecordAsync(record, Token);
        if (said is null)
        {
            return record;
        }

        var json = Path.ChangeExtension(store.GetAbsolutePath(record.File)!, "json");
        await File.WriteAllTextAsync(json, (await File.ReadAllTextAsync(json, Token)).Replace(path, said, StringComparison.Ordinal), Token);
        return record with { File = record.File with { Path = said } };
    }
}
