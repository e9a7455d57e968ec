using FsCheck;
using FsCheck.Fluent;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using GptImage2.Generation.Storage.Local.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Generation.Tests.Storage.Local.Sqlite;

public sealed class SqliteImageCatalogTests : IAsyncDisposable
{
    private readonly TempFolder _temp = new();
    private readonly SqliteImageCatalog _catalog;

    public SqliteImageCatalogTests() => _catalog = Another();

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        _temp.Dispose();
    }

    [Fact]
    public void Makes_nothing_before_the_first_call() => Directory.Exists(_temp.Path).ShouldBeFalse();

    [Fact]
    public async Task Gives_back_what_it_was_given()
    {
        var record = TestImageRecords.Create("a \"red\" fox 🦊") with { DerivedFrom = IdGenerator.CreateImageId("job_a", 1, finished: false) };

        await _catalog.AddAsync(record, Token);

        (await _catalog.FindAsync("local", record.Id, Token)).ShouldBe(record);
    }

    [Fact]
    public async Task Adding_an_image_again_changes_nothing()
    {
        var record = TestImageRecords.Create("a fox");

        await _catalog.AddAsync(record, Token);
        await _catalog.AddAsync(record, Token);

        (await ListAsync(words: "fox")).Images.ShouldBe([record]);
    }

    [Fact]
    public async Task Finds_nothing_of_another_owner()
    {
        var record = TestImageRecords.Create("a fox", owner: "alice");
        await _catalog.AddAsync(record, Token);

        (await _catalog.FindAsync("bob", record.Id, Token)).ShouldBeNull();
        (await ListAsync(owner: "bob")).Images.ShouldBeEmpty();
        (await ListAsync(owner: "bob", words: "fox")).Images.ShouldBeEmpty();
        (await ListAsync(owner: "alice", words: "fox")).Images.ShouldBe([record]);
    }

    [Fact]
    public async Task Lists_only_what_was_delivered_but_finds_what_was_kept()
    {
        var kept = TestImageRecords.Create("a fox", delivered: false);
        await _catalog.AddAsync(kept, Token);

        (await ListAsync()).Images.ShouldBeEmpty();
        (await ListAsync(words: "fox")).Images.ShouldBeEmpty();
        (await _catalog.FindAsync("local", kept.Id, Token)).ShouldBe(kept);
    }

    [Fact]
    public async Task Lists_what_was_kept_once_it_is_delivered_after_all()
    {
        var kept = TestImageRecords.Create("a fox", delivered: false);
        await _catalog.AddAsync(kept, Token);
        await _catalog.AddAsync(TestImageRecords.Create("a lighthouse"), Token);

        await _catalog.AddAsync(kept with { Delivered = true }, Token);
        await _catalog.AddAsync(kept, Token);

        (await ListAsync(words: "fox")).Images.ShouldBe([kept with { Delivered = true }]);
        (await ListAsync()).Images.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("fox")]
    public async Task Pages_from_the_newest_to_the_oldest_without_a_gap(string? words)
    {
        var records = Enumerable.Range(0, 7).Select(number => TestImageRecords.Create($"fox {number}")).ToArray();
        foreach (var record in records)
        {
            await _catalog.AddAsync(record, Token);
            await _catalog.AddAsync(TestImageRecords.Create("a fox", owner: "bob"), Token);
        }

        var first = await ListAsync(words, limit: 3);
        var second = await ListAsync(words, first.Next, limit: 3);
        var third = await ListAsync(words, second.Next, limit: 3);

        new[] { first.Images.Count, second.Images.Count, third.Images.Count }.ShouldBe([3, 3, 1]);
        first.Images.Concat(second.Images).Concat(third.Images).ShouldBe(records.Reverse());
        third.Next.ShouldBeNull();
    }

    [Fact]
    public async Task Ends_the_list_when_the_last_page_is_just_full()
    {
        await _catalog.AddAsync(TestImageRecords.Create("a fox"), Token);

        (await ListAsync(limit: 1)).Next.ShouldBeNull();
    }

    [Theory]
    [InlineData("red", true)]
    [InlineData("FOX  wint", true)]
    [InlineData("don't", true)]
    [InlineData("ecole", true)]
    [InlineData("red cat", false)]
    [InlineData("ox", false)]
    [InlineData("fox OR cat", false)]
    [InlineData("fox NOT red", false)]
    [InlineData("local", false)]
    [InlineData("", true)]
    [InlineData("  ", true)]
    [InlineData("🦊 fox - & red", true)]
    public async Task Finds_prompts_in_which_every_word_begins_one(string words, bool found)
    {
        await _catalog.AddAsync(TestImageRecords.Create("A red fox don't jump: winter at the École"), Token);

        ((await ListAsync(words)) is { Images.Count: 1, IsPartialMatch: false }).ShouldBe(found);
    }

    [Fact]
    public async Task Lists_what_has_some_words_most_words_first_page_by_page_without_a_gap()
    {
        string[] prompts = ["red fox", "barn", "fox in snow", "red barn in snow", "a fox"];
        foreach (var prompt in prompts)
        {
            await _catalog.AddAsync(TestImageRecords.Create(prompt), Token);
            await _catalog.AddAsync(TestImageRecords.Create("zeppelin fox", owner: "bob"), Token);
        }

        List<string> found = [];
        for (ImagePage? page = null; page is null || page.Next is not null; found.AddRange(page.Images.Select(image => image.Prompt)))
        {
            page = await ListAsync("red fox snow zeppelin", page?.Next, limit: 2);
            page.Total.ShouldBe(4);
            page.IsPartialMatch.ShouldBeTrue();
        }

        found.ShouldBe(["red barn in snow", "fox in snow", "red fox", "a fox"]);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"\"\" OR prompt : \"")]
    [InlineData("fox\0\"")]
    [InlineData("NEAR(fox red, 2) ^fox + {owner} : * --")]
    [InlineData("'; DROP TABLE images; --")]
    [InlineData("\uD800 \uDC00")]
    public async Task Takes_any_text_for_words_and_never_for_syntax(string words)
    {
        await _catalog.AddAsync(TestImageRecords.Create("a red fox"), Token);

        await ListAsync(words);

        (await ListAsync()).Images.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Takes_whatever_anybody_types()
    {
        await _catalog.AddAsync(TestImageRecords.Create("a red fox"), Token);

        foreach (var words in ArbMap.Default.GeneratorFor<string?>().Sample(300, 100))
        {
            await ListAsync(words);
        }
    }

    [Fact]
    public async Task Finds_a_prompt_by_its_own_words_whatever_they_are()
    {
        foreach (var prompt in ArbMap.Default.GeneratorFor<NonNull<string>>().Sample(100, 100).Select(text => text.Get))
        {
            var record = TestImageRecords.Create(prompt, owner: prompt);
            await _catalog.AddAsync(record, Token);

            (await ListAsync(prompt, owner: prompt)).Images.ShouldContain(found => found.Id == record.Id, prompt);
        }
    }

    [Fact]
    public async Task Takes_a_whole_page_of_words()
    {
        await _catalog.AddAsync(TestImageRecords.Create("a red fox"), Token);

        (await ListAsync(string.Join(' ', Enumerable.Repeat("fox red", 5000)))).Images.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Serves_many_tasks_and_many_processes_at_once()
    {
        await using var other = Another();
        var records = Enumerable.Range(0, 100).Select(number => TestImageRecords.Create($"fox {number}")).ToArray();

        await Task.WhenAll(records.Select((record, number) => Task.Run(
            async () =>
            {
                await (number % 2 == 0 ? _catalog : other).AddAsync(record, Token);
                await (number % 2 == 0 ? other : _catalog).ListAsync("local", new ImageQuery { Limit = 5 }, Token);
            },
            Token)));

        (await ListAsync("fox", limit: 1000)).Images.ShouldBe(records, ignoreOrder: true);
    }

    [Fact]
    public async Task Is_made_once_though_many_start_at_the_same_moment()
    {
        var catalogs = Enumerable.Range(0, 8).Select(_ => Another()).ToArray();

        await Task.WhenAll(catalogs.Select(each => Task.Run(() => each.AddAsync(TestImageRecords.Create("a fox"), Token), Token)));

        (await ListAsync()).Images.Count.ShouldBe(8);
        foreach (var each in catalogs)
        {
            await each.DisposeAsync();
        }
    }

    [Fact]
    public async Task Remembers_across_a_restart()
    {
        var record = TestImageRecords.Create("a fox");
        await _catalog.AddAsync(record, Token);
        await _catalog.DisposeAsync();

        await using var next = Another();

        (await next.FindAsync("local", record.Id, Token)).ShouldBe(record);
    }

    [Fact]
    public async Task Brings_the_first_version_up_to_date_with_the_names_of_its_files()
    {
        var record = TestImageRecords.CreateNamed("fox");
        await _catalog.AddAsync(record, Token);
        await _catalog.DisposeAsync();
        Execute("""
            DROP TABLE jobs; DROP TABLE ledger; DROP TABLE service_assets; DROP TABLE boards; DROP TABLE favourites; DROP INDEX images_newest; DROP INDEX images_by_id; ALTER TABLE images DROP COLUMN name;
            CREATE INDEX images_delivered ON images (owner, seq DESC) WHERE delivered = 1; PRAGMA user_version = 1
            """);

        await using var next = Another();

        (await next.SuggestAsync("local", "fox", 5, Token)).ShouldHaveSingleItem().ShouldBe(new ImageSuggestion(record.Id, Path.GetFileName(record.File.Path)));
        (await next.ListAsync("local", new ImageQuery { Limit = 1 }, Token)).Images.ShouldBe([record]);
    }

    [Fact]
    public async Task Brings_an_empty_file_up_to_date()
    {
        Execute("PRAGMA user_version = 0");

        await _catalog.AddAsync(TestImageRecords.Create("a fox"), Token);

        (await ListAsync()).Images.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Refuses_the_file_of_a_newer_version_and_leaves_it_alone()
    {
        Execute("PRAGMA user_version = 999");
        var before = await File.ReadAllBytesAsync(Path.Combine(_temp.Path, "catalog.db"), Token);

        var failure = await Should.ThrowAsync<ImageException>(() => ListAsync());

        failure.Failure.Code.ShouldBe(FailureCode.StorageFailed);
        failure.Message.ShouldContain("newer version");
        (await File.ReadAllBytesAsync(Path.Combine(_temp.Path, "catalog.db"), Token)).ShouldBe(before);
    }

    [Fact]
    public async Task Says_which_file_is_damaged_and_that_it_may_be_deleted()
    {
        Directory.CreateDirectory(_temp.Path);
        var file = Path.Combine(_temp.Path, "catalog.db");
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("this is no database ", 1000)), Token);

        var failure = await Should.ThrowAsync<ImageException>(() => _catalog.AddAsync(TestImageRecords.Create("a fox"), Token));

        failure.Message.ShouldContain(file);
        failure.Message.ShouldContain("delete it");
        failure.Message.ShouldContain("from the records next to the images");
    }

    [Fact]
    public async Task A_catalog_that_was_lost_is_made_anew_from_the_records_beside_the_images()
    {
        var store = new FileImageStore(new StorageOptions { Root = _temp.Path, CatalogFolder = _temp.Path }, TimeProvider.System, NullLogger<FileImageStore>.Instance);
        var records = new List<ImageRecord>();
        foreach (var number in Enumerable.Range(1, 3))
        {
            await using var image = store.CreateImage(new ImageDraft("job_a", number, "a fox"));
            await image.WriteAsync(TinyImages.Gif, Token);
            var kept = await image.CompleteAsync();
            records.Add(TestImageRecords.Create($"fox number {number}") with { Id = kept.Id, File = kept.File });
            await store.WriteRecordAsync(records[^1], Token);
        }

        (await ListAsync(words: "fox")).Images.Select(image => image.Id).ShouldBe(records.Select(record => record.Id), ignoreOrder: true);
        (await _catalog.FindAsync("local", records[0].Id, Token)).ShouldBe(records[0]);
    }

    [Fact]
    public async Task Says_which_folder_cannot_be_used()
    {
        await File.WriteAllTextAsync(_temp.Path, "a file where the folder should be", Token);

        var failure = await Should.ThrowAsync<ImageException>(() => ListAsync());

        failure.Failure.Code.ShouldBe(FailureCode.StorageFailed);
        failure.Message.ShouldContain(_temp.Path);
    }

    [Fact]
    public async Task Notices_that_its_folder_was_deleted_and_begins_anew()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not delete what is open.");
        await _catalog.AddAsync(TestImageRecords.Create("a fox"), Token);
        Directory.Delete(_temp.Path, recursive: true);

        var failure = await Should.ThrowAsync<ImageException>(() => _catalog.AddAsync(TestImageRecords.Create("a fox"), Token));

        failure.Message.ShouldContain("was deleted");
        await _catalog.AddAsync(TestImageRecords.Create("a fox"), Token);
        (await ListAsync()).Images.Count.ShouldBe(2, "the one that was refused is written with the next");
    }

    [Fact]
    public async Task Drops_a_write_that_was_cancelled_before_its_turn()
    {
        await Should.ThrowAsync<OperationCanceledException>(() => _catalog.AddAsync(TestImageRecords.Create("a fox"), new CancellationToken(true)));

        (await ListAsync()).Images.ShouldBeEmpty();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private SqliteImageCatalog Another() =>
        new(new StorageOptions { Root = _temp.Path, CatalogFolder = _temp.Path }, NullLogger<SqliteImageCatalog>.Instance);

    private Task<ImagePage> ListAsync(string? words = null, ImagePosition? before = null, int limit = 20, string owner = "local") =>
        _catalog.ListAsync(owner, new ImageQuery { Words = words, Before = before, Limit = limit }, Token);

    private void Execute(string sql)
    {
        Directory.CreateDirectory(_temp.Path);
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_temp.Path, "catalog.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE other (x); DROP TABLE other; " + sql;
        command.ExecuteNonQuery();
    }
}
