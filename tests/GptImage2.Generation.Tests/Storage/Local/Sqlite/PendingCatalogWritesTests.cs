using GptImage2.Generation.Errors;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local.Sqlite;
using GptImage2.Testing.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Generation.Tests.Storage.Local.Sqlite;

/// <summary>What the catalog's file does not take is found all the same.</summary>
public sealed class PendingCatalogWritesTests : IAsyncDisposable
{
    private readonly TempFolder _temp = new();
    private readonly SqliteImageCatalog _catalog;

    public PendingCatalogWritesTests() => _catalog = Open();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_that_was_not_taken_is_found_listed_and_suggested()
    {
        Break();
        var fox = await RefusedAsync(TestImageRecords.CreateNamed("red-fox") with { Prompt = "A red fox" });
        var hare = await RefusedAsync(TestImageRecords.CreateNamed("hare") with { Prompt = "A hare" });

        (await _catalog.FindAsync("local", fox.Id, Token)).ShouldBe(fox);
        (await ListAsync()).ShouldBe([hare, fox]);
        (await ListAsync("FO")).ShouldBe([fox]);
        (await ListAsync("red fo")).ShouldBe([fox]);
        (await _catalog.SuggestAsync("local", "", 10, Token)).Select(image => image.Id).ShouldBe([hare.Id, fox.Id]);
        (await _catalog.SuggestAsync("local", fox.Id[..14].ToUpperInvariant(), 10, Token)).ShouldHaveSingleItem().FileName.ShouldBe(Path.GetFileName(fox.File.Path));
        (await _catalog.SuggestAsync("local", "red-f", 10, Token)).ShouldHaveSingleItem().Id.ShouldBe(fox.Id);
    }

    [Fact]
    public async Task An_image_that_was_not_taken_is_found_by_the_same_rules()
    {
        Break();
        var fox = await RefusedAsync(TestImageRecords.CreateNamed("red-fox") with { Prompt = "A red fox" });
        var edit = await RefusedAsync(TestImageRecords.CreateNamed("snow") with { Prompt = "Make it snow", Inputs = [new RecordedInput("base", fox.Id, new string('0', 64)), new RecordedInput("style", null, new string('1', 64), "chelsea_2.png")] });

        (await ListAsync("fox")).ShouldBe([edit, fox]);
        (await ListAsync("fox snow")).ShouldBe([edit]);
        (await ListAsync("Chelsea.jpg")).ShouldBe([edit]);
        (await ListAsync("fox snow zeppelin")).ShouldBe([edit, fox]);
        (await ListAsync(fox.Id[..12])).ShouldBe([fox]);
        (await ListAsync(fox.Id[10..])).ShouldBe([fox]);
    }

    [Fact]
    public async Task A_kept_image_that_is_delivered_later_is_listed_once()
    {
        Break();
        var kept = await RefusedAsync(TestImageRecords.Create("a fox", delivered: false));
        (await _catalog.FindAsync("local", kept.Id, Token)).ShouldBe(kept);

        var delivered = await RefusedAsync(kept with { Delivered = true });

        (await ListAsync()).ShouldBe([delivered]);
    }

    [Fact]
    public async Task Nobody_finds_what_another_owner_has()
    {
        Break();
        var fox = await RefusedAsync(TestImageRecords.Create("a fox", owner: "alice"));

        await Should.ThrowAsync<ImageException>(() => _catalog.FindAsync("bob", fox.Id, Token));
        await Should.ThrowAsync<ImageException>(() => ListAsync(owner: "bob"));
        await Should.ThrowAsync<ImageException>(() => _catalog.SuggestAsync("bob", "", 10, Token));
    }

    [Fact]
    public async Task All_are_written_with_the_next_that_can_be()
    {
        Break();
        var first = await RefusedAsync(TestImageRecords.Create("a fox"));
        var second = await RefusedAsync(TestImageRecords.Create("a hare"));
        File.Delete(_temp.Path);
        var third = TestImageRecords.Create("an owl");

        await _catalog.AddAsync(third, Token);

        (await ListAsync()).ShouldBe([third, second, first]);
        await using var another = Open();
        (await another.ListAsync("local", new ImageQuery { Limit = 10 }, Token)).Images.ShouldBe([third, second, first]);
    }

    [Fact]
    public async Task A_full_disk_leaves_no_gap_in_a_list_read_page_by_page()
    {
        using var disk = MountedDisk.TryMount(_temp.Path, 2000);
        Assert.SkipWhen(disk is null, "Nothing can be mounted here.");
        ImageRecord[] written = [TestImageRecords.Create("a fox"), TestImageRecords.Create("a hare"), TestImageRecords.Create("an owl")];
        foreach (var record in written)
        {
            await _catalog.AddAsync(record, Token);
        }

        Fill();
        ImageRecord[] refused = [await RefusedAsync(Large("a bear")), await RefusedAsync(Large("a wolf"))];

        (await PagesAsync()).ShouldBe([.. written, .. refused]);

        File.Delete(Path.Combine(_temp.Path, "filler"));
        var last = TestImageRecords.Create("a deer");
        await _catalog.AddAsync(last, Token);
        (await PagesAsync()).ShouldBe([.. written, .. refused, last]);
    }

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        _temp.Dispose();
    }

    private static ImageRecord Large(string prompt) => TestImageRecords.Create(prompt + new string('!', 30_000));

    private SqliteImageCatalog Open() => new(new StorageOptions { Root = _temp.Path, CatalogFolder = _temp.Path, Temporary = _temp.Path }, NullLogger<SqliteImageCatalog>.Instance);

    private void Break() => File.WriteAllText(_temp.Path, "a file where the folder should be");

    private void Fill()
    {
        using var filler = new FileStream(Path.Combine(_temp.Path, "filler"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        Should.Throw<IOException>(() =>
        {
            for (var kilobytes = 0; kilobytes < 10_000; kilobytes++)
            {
                filler.Write(new byte[1024]);
            }
        });
    }

    private async Task<ImageRecord> RefusedAsync(ImageRecord record)
    {
        (await Should.ThrowAsync<ImageException>(() => _catalog.AddAsync(record, Token))).Failure.Code.ShouldBe(FailureCode.StorageFailed);
        return record;
    }

    private async Task<IReadOnlyList<ImageRecord>> ListAsync(string? words = null, string owner = "local") =>
        (await _catalog.ListAsync(owner, new ImageQuery { Words = words, Limit = 10 }, Token)).Images;

    /// <returns>All images, oldest first, read two at a time.</returns>
    private async Task<IReadOnlyList<ImageRecord>> PagesAsync()
    {
        var all = new List<ImageRecord>();
        for (ImagePosition? before = ImagePosition.Start; before is not null;)
        {
            var page = await _catalog.ListAsync("local", new ImageQuery { Limit = 2, Before = before }, Token);
            all.InsertRange(0, page.Images.Reverse());
            before = page.Next;
        }

        return all;
    }
}
