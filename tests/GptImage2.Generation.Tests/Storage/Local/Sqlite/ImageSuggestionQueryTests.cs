using FsCheck;
using FsCheck.Fluent;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Generation.Tests.Storage.Local.Sqlite;

public sealed class ImageSuggestionQueryTests : IAsyncDisposable
{
    private readonly TempFolder _temp = new();
    private readonly SqliteImageCatalog _catalog;

    public ImageSuggestionQueryTests() =>
        _catalog = new(new StorageOptions { Root = _temp.Path, CatalogFolder = _temp.Path }, NullLogger<SqliteImageCatalog>.Instance);

    public async ValueTask DisposeAsync()
    {
        await _catalog.DisposeAsync();
        _temp.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("i")]
    [InlineData("IMG_")]
    [InlineData("image:/")]
    [InlineData("image://")]
    [InlineData("image://img")]
    public async Task With_nothing_typed_that_tells_images_apart_the_newest_come(string typed)
    {
        var records = await AddAsync("fox", "owl", "elk");

        (await SuggestAsync(typed, limit: 2)).ShouldBe([records[2].Id, records[1].Id]);
    }

    [Fact]
    public async Task Finds_an_image_by_the_beginning_of_its_id_with_and_without_the_scheme()
    {
        var records = await AddAsync([.. Enumerable.Range(0, 50).Select(number => $"fox-{number}")]);
        var wanted = records[7].Id;

        (await SuggestAsync(wanted[..12])).ShouldBe([wanted]);
        (await SuggestAsync("image://" + wanted[..12])).ShouldBe([wanted]);
        (await SuggestAsync(wanted.ToUpperInvariant())).ShouldBe([wanted]);
        (await SuggestAsync(wanted[..5])).ShouldBe(records.Select(record => record.Id).Where(id => id[4] == wanted[4]).Reverse());
    }

    [Theory]
    [InlineData("fox", true)]
    [InlineData("RED-F", true)]
    [InlineData("x-", true)]
    [InlineData("030201-a-red", true)]
    [InlineData(".png", true)]
    [InlineData("cat", false)]
    [InlineData("2026-05-04", false)]
    [InlineData("%", false)]
    [InlineData("img_zzzzzzzzzzzzzzzzz", false)]
    [InlineData("image://fox", false)]
    public async Task Finds_an_image_by_any_part_of_the_name_of_its_file(string typed, bool found)
    {
        var record = (await AddAsync("a-red-fox"))[0];

        (await SuggestAsync(typed)).ShouldBe(found ? [record.Id] : []);
    }

    [Fact]
    public async Task Names_match_newest_first()
    {
        var records = await AddAsync("fox-1", "owl", "fox-2");

        (await SuggestAsync("fox")).ShouldBe([records[2].Id, records[0].Id]);
        (await SuggestAsync("fox", limit: 1)).ShouldBe([records[2].Id]);
    }

    [Fact]
    public async Task A_whole_name_is_found_by_the_id_in_it()
    {
        var records = await AddAsync("fox", "fox");

        (await SuggestAsync(Path.GetFileName(records[0].File.Path))).ShouldBe([records[0].Id]);
    }

    [Fact]
    public async Task A_file_that_was_renamed_is_known_by_its_id_only()
    {
        await _catalog.AddAsync(TestImageRecords.Create("a fox"), Token);

        (await _catalog.SuggestAsync("local", "", 1, Token)).ShouldHaveSingleItem().FileName.ShouldBeNull();
    }

    [Fact]
    public async Task Suggests_nothing_that_was_only_kept_and_nothing_of_another_owner()
    {
        var kept = TestImageRecords.CreateNamed("fox", delivered: false);
        var other = TestImageRecords.CreateNamed("fox", owner: "alice");
        await _catalog.AddAsync(kept, Token);
        await _catalog.AddAsync(other, Token);

        foreach (var typed in (string[])["", "fox", "img_", kept.Id, other.Id])
        {
            (await SuggestAsync(typed)).ShouldBeEmpty(typed);
        }
    }

    [Fact]
    public async Task Suggests_what_was_kept_once_it_is_delivered()
    {
        var kept = TestImageRecords.CreateNamed("fox", delivered: false);
        await _catalog.AddAsync(kept, Token);
        await _catalog.AddAsync(kept with { Delivered = true }, Token);

        (await SuggestAsync("fox")).ShouldBe([kept.Id]);
    }

    [Fact]
    public async Task Takes_whatever_anybody_types()
    {
        await AddAsync("fox");

        foreach (var typed in ArbMap.Default.GeneratorFor<NonNull<string>>().Sample(300, 100).Select(text => text.Get).Append("\uD800").Append("f\0x"))
        {
            await SuggestAsync(typed);
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<IReadOnlyList<ImageRecord>> AddAsync(params string[] slugs)
    {
        ImageRecord[] records = [.. slugs.Select(slug => TestImageRecords.CreateNamed(slug))];
        foreach (var record in records)
        {
            await _catalog.AddAsync(record, Token);
        }

        return records;
    }

    private async Task<IReadOnlyList<string>> SuggestAsync(string typed, int limit = 100) =>
        [.. (await _catalog.SuggestAsync("local", typed, limit, Token)).Select(image => image.Id)];
}
