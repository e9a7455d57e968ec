using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Tools;

/// <summary>Images are known by the names of files: of their own, of their copies, and of what they were made from.</summary>
public sealed class FileNameTests : IDisposable
{
    private readonly string _folder = RealPath.Resolve(Directory.CreateTempSubdirectory("names-").FullName)!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("hero.webp")]
    [InlineData("HERO.webp")]
    [InlineData("hero")]
    [InlineData("public/hero.webp")]
    public async Task The_name_of_a_copy_finds_its_image_before_those_whose_prompts_have_the_word(string query)
    {
        await using var server = await StartAsync();
        var copied = (await MakeAsync(server, "a lighthouse", "public/hero.webp")).Images[0];
        var word = (await MakeAsync(server, "a hero")).Images[0];

        var found = await server.UseAsync("list_images", new() { ["query"] = query });
        var one = await server.UseAsync("list_images", new() { ["query"] = query, ["limit"] = 1 });

        found.Images.ShouldBe([copied, word]);
        one.Images.ShouldBe([copied]);
        found.Text.ShouldContain(", copied to ");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_fits_by_its_words_is_on_one_page_whatever_the_limit(int limit)
    {
        await using var server = await StartAsync();
        var copied = (await MakeAsync(server, "a lighthouse", "hero.webp")).Images[0];
        var second = (await MakeAsync(server, "a barn", "old/hero.webp")).Images[0];
        var words = new[] { (await MakeAsync(server, "a hero")).Images[0], (await MakeAsync(server, "the hero sleeps")).Images[0] };

        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await server.UseAsync("list_images", new() { ["query"] = "hero.webp", ["limit"] = limit, ["cursor"] = cursor });
            page.Images.Length.ShouldBeLessThanOrEqualTo(limit);
            seen.AddRange(page.Images);
            cursor = page.Json.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null && seen.Count < 20);

        seen.ShouldBe(limit is 1 ? [second, words[1], words[0]] : [second, copied, words[1], words[0]]);
    }

    [Fact]
    public async Task A_name_that_was_given_again_finds_the_newest_image()
    {
        await using var server = await StartAsync();
        await MakeAsync(server, "a lighthouse", "cup.png");
        var newest = (await MakeAsync(server, "a barn", "cup.png", overwrite: true)).Images[0];

        (await server.UseAsync("list_images", new() { ["query"] = "cup.png" })).Images.ShouldBe([newest]);
    }

    [Fact]
    public async Task The_name_of_a_stored_file_finds_it_without_its_extension_too()
    {
        await using var server = await StartAsync();
        var made = await MakeAsync(server, "a lighthouse");
        var file = made.Json.GetProperty("images")[0].GetProperty("path").GetString()!;

        (await server.UseAsync("list_images", new() { ["query"] = Path.GetFileNameWithoutExtension(file) })).Images.ShouldBe(made.Images);
        (await server.UseAsync("list_images", new() { ["query"] = Path.GetFileName(file) })).Images.ShouldBe(made.Images);
    }

    [Theory]
    [InlineData("chelsea")]
    [InlineData("chelsea.png")]
    [InlineData("Chelsea night")]
    public async Task What_was_made_from_a_file_of_the_user_is_found_by_its_name(string query)
    {
        await using var server = await StartAsync();
        var path = server.PutIntoInbox("chelsea.png", PngEncoder.Gradient(new Dimensions(300, 200), 3));
        var edit = (await EditAsync(server, path, "at night")).Images[0];
        var further = (await EditAsync(server, edit, "in snow")).Images[0];
        await MakeAsync(server, "a lighthouse.png");

        var found = await server.UseAsync("list_images", new() { ["query"] = query });
        var recipe = await server.UseAsync("view_image", new() { ["image"] = edit, ["recipe"] = true });

        found.Images.ShouldBe([further, edit]);
        found.Text.ShouldContain(", from chelsea.png");
        found.Json.GetProperty("images")[1].GetProperty("made_from")[0].GetString().ShouldBe("chelsea.png");
        recipe.Text.ShouldContain($"Image 1: base, chelsea.png (kept as {server.Root}");
    }

    [Theory]
    [InlineData("public/hero.png")]
    [InlineData("{folder}/public/hero.png")]
    public async Task The_path_of_a_copy_gives_the_recipe_of_its_image(string path)
    {
        await using var server = await StartAsync();
        var image = (await MakeAsync(server, "a lighthouse", "public/hero.png")).Images[0];
        Dictionary<string, object?> call = new() { ["image"] = path.Replace("{folder}", _folder, StringComparison.Ordinal), ["recipe"] = true };

        var recipe = await server.UseAsync("view_image", call);
        File.Delete(Path.Combine(_folder, "public", "hero.png"));
        var deleted = await server.UseAsync("view_image", call);

        recipe.Text.ShouldStartWith($"{image}: ");
        deleted.Text.ShouldBe(recipe.Text);
    }

    [Fact]
    public async Task A_copy_that_somebody_wrote_over_has_no_recipe_but_a_search()
    {
        await using var server = await StartAsync();
        await MakeAsync(server, "a lighthouse", "big_hero.png");
        await File.WriteAllBytesAsync(Path.Combine(_folder, "big_hero.png"), PngEncoder.Gradient(new Dimensions(20, 12), 3), Cancellation);

        var refused = await server.UseAsync("view_image", new() { ["image"] = "big_hero.png", ["recipe"] = true });

        refused.Text.ShouldBe("""
            image: expected an image that was made here, for recipe but received "big_hero.png".
            Call: list_images {"query":"big hero"}
            """);
    }

    [Fact]
    public async Task A_recipe_of_what_no_model_drew_tells_nothing_of_a_model()
    {
        await using var server = await StartAsync();
        var image = (await MakeAsync(server, "a lighthouse")).Images[0];
        var board = (await server.UseAsync("compose_board", new() { ["images"] = new[] { image }, ["title"] = "Light" })).Images[0];

        var recipe = (await server.UseAsync("view_image", new() { ["image"] = board, ["recipe"] = true })).Text.Split('\n');

        recipe[1].ShouldBe($"Image 1: {image}");
        recipe[2].ShouldStartWith("Call: compose_board ");
        recipe.Length.ShouldBe(3);
    }

    private Task<McpHost> StartAsync() => McpHost.StartAsync(
        services: services => services.AddSingleton(new LocalRoots { Readable = [_folder], Writable = [_folder], WorkingFolder = _folder }),
        cancellationToken: Cancellation);

    private static Task<CallToolResult> MakeAsync(McpHost server, string prompt, string? copy = null, bool overwrite = false) =>
        server.MakeAsync(new() { ["prompt"] = prompt, ["save_to"] = copy, ["overwrite"] = overwrite ? true : null, ["view"] = "none" });

    private static Task<CallToolResult> EditAsync(McpHost server, string image, string prompt) => server.UseAsync("edit_with_references", new()
    {
        ["prompt"] = prompt,
        ["references"] = new[] { new Dictionary<string, object> { ["image"] = image, ["role"] = "base" } },
        ["view"] = "none",
    });
}
