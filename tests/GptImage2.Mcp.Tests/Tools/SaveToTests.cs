using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Tools;

/// <summary>A further copy: its format, its name, and what it may replace.</summary>
public sealed class SaveToTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("copies-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("hero.webp", "webp")]
    [InlineData("hero.jpg", "jpeg")]
    [InlineData("hero.JPEG", "jpeg")]
    [InlineData("hero.png", "png")]
    public async Task Without_a_format_the_extension_decides(string name, string format)
    {
        await using var server = await StartAsync();

        var made = await MakeAsync(server, name);

        var image = made.Json.GetProperty("images")[0];
        image.GetProperty("format").GetString().ShouldBe(format);
        image.GetProperty("copies")[0].GetString().ShouldBe(PathOf(name));
    }

    [Theory]
    [InlineData("hero.gif")]
    [InlineData("hero.svg")]
    [InlineData("hero")]
    public async Task An_extension_of_no_format_names_those_there_are(string name)
    {
        await using var server = await StartAsync();

        (await MakeAsync(server, name)).Text.ShouldStartWith("save_to: expected a file name that ends in .png, .jpg, .jpeg or .webp but received");
    }

    [Fact]
    public async Task A_tool_without_jpeg_blames_the_extension()
    {
        await using var server = await StartAsync();
        server.PutIntoInbox("photo.png", PngEncoder.Gradient(new Dimensions(1024, 1024), 1));

        var cutout = await server.UseAsync("remove_background", new() { ["image"] = "photo.png", ["save_to"] = PathOf("x.jpg") });
        var part = await server.UseAsync("inpaint_region", new()
        {
            ["image"] = "photo.png",
            ["prompt"] = "a fox",
            ["region"] = new[] { new { x = 0.2, y = 0.2, width = 0.2, height = 0.2 } },
            ["save_to"] = PathOf("x.jpg"),
        });

        cutout.Text.ShouldStartWith("save_to: expected a file name that ends in .png or .webp");
        cutout.Text.ShouldContain($"Nearest legal: {PathOf("x.png")}.");
        cutout.Text.ShouldEndWith($$"""Call: remove_background {"image":"photo.png","save_to":"{{PathOf("x.png")}}"}""");
        part.Text.ShouldStartWith("save_to: expected the extension of png or webp (jpeg only with outside model");
        part.Text.ShouldContain($"Nearest legal: {PathOf("x.png")}.");
        part.Text.ShouldNotContain("format:");
    }

    [Theory]
    [InlineData("art/", null, "art/image.png")]
    [InlineData("art/", "webp", "art/image.webp")]
    [InlineData("there", null, "there/image.png")]
    public async Task A_folder_is_called_one_and_a_name_in_it_is_offered(string name, string? format, string nearest)
    {
        await using var server = await StartAsync();
        _folder.CreateSubdirectory("there");

        var refused = await MakeAsync(server, name, ("format", format!));
        var corrected = await MakeAsync(server, nearest, ("format", format!));

        refused.Text.ShouldStartWith("save_to: expected the path of a file, not of a folder but received");
        refused.Text.ShouldContain($"Nearest legal: {PathOf(nearest)}.");
        corrected.IsError.ShouldNotBe(true);
    }

    [Fact]
    public async Task The_dry_run_names_the_file_that_the_call_then_writes()
    {
        await using var server = await StartAsync();
        Touch("hero.webp");

        var plan = await MakeAsync(server, "hero.webp", ("dry_run", true));
        var made = await MakeAsync(server, "hero.webp");

        plan.Text.ShouldContain($"save_to: hero.webp exists, so the copy would go to {PathOf("hero-2.webp")}; overwrite: true replaces it.");
        made.Text.ShouldContain("save_to: hero.webp exists, so the copy went to hero-2.webp; overwrite: true replaces it.");
        made.Json.GetProperty("images")[0].GetProperty("copies")[0].GetString().ShouldBe(PathOf("hero-2.webp"));
    }

    [Fact]
    public async Task Of_several_images_the_dry_run_names_every_file()
    {
        await using var server = await StartAsync();
        Touch("hero-2.png");

        var plan = await MakeAsync(server, "hero.png", ("dry_run", true), ("count", 3));
        var made = await MakeAsync(server, "hero.png", ("count", 3));

        plan.Text.ShouldContain($"Copies would go to {_folder.FullName}: hero-1.png, hero-2-2.png, hero-3.png (1 of the names taken; overwrite: true replaces those).");
        made.Json.GetProperty("images").EnumerateArray().Select(image => Path.GetFileName(image.GetProperty("copies")[0].GetString())).ShouldBe(["hero-1.png", "hero-2-2.png", "hero-3.png"]);
    }

    [Fact]
    public async Task What_an_earlier_call_wrote_is_replaced_where_the_call_says_so()
    {
        await using var server = await StartAsync();
        await MakeAsync(server, "hero.png");
        var before = await File.ReadAllBytesAsync(PathOf("hero.png"), Cancellation);

        var plan = await MakeAsync(server, "hero.png", ("overwrite", true), ("dry_run", true), ("prompt", "an owl"));
        var made = await MakeAsync(server, "hero.png", ("overwrite", true), ("prompt", "an owl"));

        plan.Text.ShouldContain($"A copy would replace {PathOf("hero.png")}.");
        made.Warnings.ShouldBeEmpty();
        made.Text.ShouldContain($" (replaced: {PathOf("hero.png")})");
        made.Json.GetProperty("images")[0].GetProperty("replaced").GetBoolean().ShouldBeTrue();
        (await server.CheckAsync(made.JobId, wait: 0)).Text.ShouldContain($" (replaced: {PathOf("hero.png")})");
        _folder.GetFiles().ShouldHaveSingleItem().Name.ShouldBe("hero.png");
        (await File.ReadAllBytesAsync(PathOf("hero.png"), Cancellation)).ShouldNotBe(before);
    }

    [Fact]
    public async Task Another_process_says_which_file_was_replaced_and_whose_copy_it_is_now()
    {
        await using var server = await StartAsync();
        var old = (await MakeAsync(server, "hero.png")).Images[0];
        var made = await MakeAsync(server, "hero.png", ("overwrite", true), ("prompt", "an owl"), ("count", 1));
        await using var restarted = await McpHost.StartAsync([("GPTIMAGE2_OUTPUTS__ROOTS", _folder.FullName)], root: server.Root, cancellationToken: Cancellation);

        var job = await restarted.CheckAsync(made.JobId, wait: 0);
        var list = await restarted.UseAsync("list_images", []);

        job.Text.ShouldContain($" (replaced: {PathOf("hero.png")})");
        list.Text.Split('\n').Single(line => line.StartsWith(made.Images[0], StringComparison.Ordinal)).ShouldEndWith($", copied to {PathOf("hero.png")}");
        list.Text.Split('\n').Single(line => line.StartsWith(old, StringComparison.Ordinal)).ShouldNotContain("copied to");
    }

    [Fact]
    public async Task What_nobody_here_wrote_is_not_replaced_and_the_refusal_says_what_to_do()
    {
        await using var server = await StartAsync();
        Touch("hero.png");

        var refused = await MakeAsync(server, "hero.png", ("overwrite", true));
        var alone = await server.MakeAsync(new(McpCallExtensions.Fox) { ["overwrite"] = true });

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldStartWith("overwrite: expected to be omitted, because hero.png is not replaced: this server did not write it");
        refused.Json.GetProperty("failure").GetProperty("billed").GetString().ShouldBe("no");
        alone.Text.ShouldStartWith("overwrite: expected to be omitted without save_to");
        (await File.ReadAllTextAsync(PathOf("hero.png"), Cancellation)).ShouldBe("theirs");
    }

    private Task<McpHost> StartAsync() => McpHost.StartAsync([("GPTIMAGE2_OUTPUTS__ROOTS", _folder.FullName)], cancellationToken: Cancellation);

    private Task<CallToolResult> MakeAsync(McpHost server, string name, params (string Name, object Value)[] more)
    {
        var arguments = new Dictionary<string, object?>(McpCallExtensions.Fox) { ["save_to"] = PathOf(name) };
        foreach (var (argument, value) in more)
        {
            arguments[argument] = value;
        }

        return server.MakeAsync(arguments);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Touch(string name) => File.WriteAllText(PathOf(name), "theirs");
}
