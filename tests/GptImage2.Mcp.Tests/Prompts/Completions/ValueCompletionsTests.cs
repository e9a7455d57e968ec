using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Prompts.Completions;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace GptImage2.Mcp.Tests.Prompts.Completions;

/// <summary>What each kind of value is completed with.</summary>
public sealed class ValueCompletionsTests : IAsyncLifetime
{
    private McpHost? _server;

    public async ValueTask InitializeAsync() => _server = await McpHost.StartAsync(cancellationToken: Cancellation);

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    [Theory]
    [InlineData("presets", "", "square square_large portrait landscape wide_hd tall_hd wide_4k tall_4k")]
    [InlineData("presets", "Tall", "tall_hd tall_4k")]
    [InlineData("presets", "la", "landscape square_large")]
    [InlineData("presets", "4k", "wide_4k tall_4k")]
    [InlineData("presets", "round", "")]
    [InlineData("qualities", "", "auto low medium high")]
    [InlineData("qualities", " m", "medium")]
    [InlineData("roles", "", "object base identity style environment layout")]
    [InlineData("roles", "o", "object environment layout")]
    [InlineData("jobs", "", "")]
    public async Task What_is_known_is_matched_from_its_beginning_first(string values, string typed, string expected) =>
        Order(await CompleteAsync(values, typed)).ShouldBe(Order(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public async Task With_nothing_typed_the_newest_of_every_kind_of_image_comes_first()
    {
        var (older, newer) = (await AddAsync("fox"), await AddAsync("owl"));
        await PutIntoInboxAsync("cat.PNG");

        (await CompleteAsync("images", "")).ShouldBe([newer.Id, Name(newer), "cat.PNG", older.Id, Name(older)]);
    }

    [Fact]
    public async Task An_image_is_found_by_id_by_URI_and_by_file_name()
    {
        var fox = await AddAsync("a-red-fox");
        await AddAsync("owl");
        await PutIntoInboxAsync("foxes.jpg");

        (await CompleteAsync("images", fox.Id[..14])).ShouldBe([fox.Id]);
        (await CompleteAsync("images", "image://" + fox.Id[..14])).ShouldBe(["image://" + fox.Id]);
        (await CompleteAsync("images", "Fox")).ShouldBe(["foxes.jpg", Name(fox)]);
        (await CompleteAsync("images", fox.Id[6..16])).ShouldBe([fox.Id, Name(fox)]);
        (await CompleteAsync("images", "zebra")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_name_that_is_suggested_is_taken_as_an_image()
    {
        await _server!.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a fox", ["view"] = "none" }, cancellationToken: Cancellation);
        foreach (var typed in (string[])["", "image:", "fox"])
        {
            foreach (var value in await CompleteAsync("images", typed))
            {
                var seen = await _server.Client.CallToolAsync("view_image", new Dictionary<string, object?> { ["image"] = value }, cancellationToken: Cancellation);
                seen.IsError.ShouldNotBe(true, value);
            }
        }
    }

    [Fact]
    public async Task The_inbox_shows_images_only_and_only_to_callers_of_this_machine()
    {
        await PutIntoInboxAsync("cat.png");
        await PutIntoInboxAsync("notes.txt");
        await PutIntoInboxAsync(".hidden.png");

        (await CompleteAsync("images", "")).ShouldBe(["cat.png"]);
        (await CompleteAsync("images", "", new Caller("local", LocalPathsAllowed: false))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_of_another_owner_is_suggested()
    {
        await AddAsync("fox", owner: "alice");

        (await CompleteAsync("images", "")).ShouldBeEmpty();
        (await CompleteAsync("images", "fox")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Jobs_are_the_callers_own()
    {
        await _server!.Client.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a fox", ["view"] = "none" }, cancellationToken: Cancellation);
        var job = (await _server.Services.GetRequiredService<JobQueries>().ListIdsAsync(Caller.Local, 10, Cancellation)).ShouldHaveSingleItem();

        (await CompleteAsync("jobs", "job_")).ShouldBe([job]);
        (await CompleteAsync("jobs", "", new Caller("alice", LocalPathsAllowed: true))).ShouldBeEmpty();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Order(IEnumerable<string> values) => string.Join(' ', values);

    private static string Name(ImageRecord record) => Path.GetFileName(record.File.Path);

    private Task<IReadOnlyList<string>> CompleteAsync(string values, string typed, Caller? caller = null) =>
        _server!.Services.GetRequiredService<ValueCompletions>().CompleteAsync(caller ?? Caller.Local, values, typed, Cancellation);

    private async Task<ImageRecord> AddAsync(string slug, string owner = "local")
    {
        var record = CompletionImageRecords.Named(slug, owner);
        await _server!.Services.GetRequiredService<IImageCatalog>().AddAsync(record, Cancellation);
        return record;
    }

    private Task PutIntoInboxAsync(string name)
    {
        var inbox = Directory.CreateDirectory(Path.Combine(_server!.Root, "inbox"));
        return File.WriteAllBytesAsync(Path.Combine(inbox.FullName, name), [1], Cancellation);
    }
}
