using GptImage2.Generation.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Generation.Tests.Storage;

public sealed class RecordReaderTests : IDisposable
{
    private readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Finds_every_record_whose_picture_is_there_oldest_first()
    {
        var second = await RecordAsync("2026-05-05/010101-b-x.png");
        var first = await RecordAsync("2026-05-04/030201-a-x.png");
        await RecordAsync("inbox/010101-c-x.png");
        var gone = await RecordAsync("2026-05-06/010101-d-x.png");
        File.Delete(Path.Combine(temp.Path, gone.File.Path));
        await File.WriteAllTextAsync(Path.Combine(temp.Path, "2026-05-05", "torn.json"), "{ \"id\":", Token);

        (await ReadAsync()).ShouldBe([first, second]);
    }

    [Fact]
    public async Task Believes_the_place_of_a_record_rather_than_its_words()
    {
        var record = await RecordAsync("2026-05-04/030201-a-x.png", said: "../../etc/passwd.png");

        (await ReadAsync()).ShouldBe([record with { File = record.File with { Path = "2026-05-04/030201-a-x.png" } }]);
    }

    [Fact]
    public async Task Finds_nothing_where_there_is_no_store() => (await ReadAsync()).ShouldBeEmpty();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private StorageOptions Options => new() { Root = temp.Path, CatalogFolder = temp.Path };

    private async Task<List<ImageRecord>> ReadAsync() =>
        await new RecordReader(Options, NullLogger<RecordReader>.Instance).ReadAsync(Token).ToListAsync(Token);

    private async Task<ImageRecord> RecordAsync(string path, string? said = null)
    {
        var store = new FileImageStore(Options, TimeProvider.System, NullLogger<FileImageStore>.Instance);
        var record = Records.Of("a fox");
        record = record with { File = record.File with { Path = path } };
        Directory.CreateDirectory(Path.GetDirectoryName(store.AbsolutePath(record.File))!);
        await File.WriteAllBytesAsync(store.AbsolutePath(record.File), TinyPictures.Gif, Token);
        await store.WriteRecordAsync(record, Token);
        if (said is null)
        {
            return record;
        }

        var json = Path.ChangeExtension(store.AbsolutePath(record.File), "json");
        await File.WriteAllTextAsync(json, (await File.ReadAllTextAsync(json, Token)).Replace(path, said, StringComparison.Ordinal), Token);
        return record with { File = record.File with { Path = said } };
    }
}
