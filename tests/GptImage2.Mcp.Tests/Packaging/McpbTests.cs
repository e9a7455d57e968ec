using System.IO.Compression;
using GptImage2.Mcp.Tests.Repository;
using GptImage2.Packaging.Mcpb;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;

namespace GptImage2.Mcp.Tests.Packaging;

/// <summary>The bundle for Claude Desktop, made of the server that was built, unpacked and started as the host does.</summary>
public sealed class McpbTests(McpbTests.BundleFixture made) : IClassFixture<McpbTests.BundleFixture>, IDisposable
{
    private readonly TestFolders _folders = new();

    [Fact]
    public void Its_manifest_lists_what_the_server_offers()
    {
        made.Manifest["tools"]!.AsArray().Select(tool => tool!["name"]!.GetValue<string>()).ShouldBe(
            Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "tests/GptImage2.Mcp.Tests/Contract"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!), ignoreOrder: true);
        made.Manifest["prompts"]!.AsArray().Select(prompt => prompt!["name"]!.GetValue<string>()).ShouldBe(
            Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "prompts"), "*.md").Select(file => Path.GetFileNameWithoutExtension(file)!), ignoreOrder: true);
        made.Manifest["prompts"]!.AsArray().Single(prompt => prompt!["name"]!.GetValue<string>() is "background-swap")!["text"]!.GetValue<string>()
            .ShouldBe("Call list_presets with topic \"background-swap\" and do what that template says, with picture: ${arguments.picture}; background: ${arguments.background}.");
        var asset = made.Manifest["prompts"]!.AsArray().Single(prompt => prompt!["name"]!.GetValue<string>() is "transparent-asset")!;
        asset["arguments"]!.AsArray().Select(argument => argument!.GetValue<string>()).ShouldBe(["subject"]);
        asset["text"]!.GetValue<string>().ShouldStartWith("Draw ${arguments.subject} on a transparent background.");
    }

    [Fact]
    public void Its_files_are_there_and_what_is_to_be_started_may_be_started()
    {
        var entryPoint = made.Manifest["server"]!["entry_point"]!.GetValue<string>();

        File.Exists(Path.Combine(made.Folder, made.Manifest["icon"]!.GetValue<string>())).ShouldBeTrue();
        File.Exists(Path.Combine(made.Folder, "LICENSE")).ShouldBeTrue();
        File.Exists(Path.Combine(made.Folder, entryPoint)).ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(made.Folder, entryPoint)).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
            File.GetUnixFileMode(Path.Combine(made.Folder, "manifest.json")).HasFlag(UnixFileMode.UserExecute).ShouldBeFalse();
        }
    }

    [Fact]
    public void Its_form_asks_for_a_key_that_stays_secret_and_needs_no_answer()
    {
        var form = made.Manifest["user_config"]!.AsObject();

        form["api_key"]!["sensitive"]!.GetValue<bool>().ShouldBeTrue();
        form.Where(field => field.Key is not "api_key").ShouldAllBe(field => field.Value!["sensitive"] == null);
        form.ShouldAllBe(field => field.Value!["required"]!.GetValue<bool>() == false && field.Value["default"] != null);
    }

    /// <summary>Double click, and no more: it draws sketches into the folder for pictures.</summary>
    [Fact]
    public async Task It_runs_as_it_is()
    {
        await using var server = Start([]);
        await server.InitializeAsync();

        var drawn = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a red fox" });

        drawn.Text.ShouldContain("SKETCH");
        Directory.GetFiles(Path.Combine(_folders.Home, "Pictures", "gpt-image-2"), "*a-red-fox*.png", SearchOption.AllDirectories).ShouldHaveSingleItem();
        server.FindInvalidLines().ShouldBeEmpty();
    }

    /// <summary>What the user has chosen: a folder for images, caps, and two folders to read.</summary>
    [Fact]
    public async Task It_runs_with_what_the_user_has_chosen()
    {
        string[] folders = [Path.Combine(_folders.Work, "one"), Path.Combine(_folders.Work, "my photos")];
        foreach (var folder in folders)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllBytesAsync(Path.Combine(folder, "seen.png"), NoisePng.Create(new Imaging.Dimensions(64, 48), 1), TestContext.Current.CancellationToken);
        }

        await using var server = Start(new Dictionary<string, string[]> { ["pictures"] = [_folders.Store], ["per_call_usd"] = ["0"], ["daily_usd"] = ["3"], ["folders"] = folders });
        await server.InitializeAsync();

        foreach (var folder in folders)
        {
            var viewed = await server.CallAsync("view_image", new JsonObject { ["image"] = Path.Combine(folder, "seen.png") });
            viewed.IsError.ShouldBeFalse(viewed.Text);
        }

        (await server.CallAsync("list_presets", new JsonObject { ["topic"] = "spending" })).Text.ShouldContain("$3");
        (await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a red fox" })).Text.ShouldContain(_folders.Store);
    }

    public void Dispose() => _folders.Dispose();

    private ServerProcess Start(Dictionary<string, string[]> chosen)
    {
        var (command, arguments, environment) = new BundleHost(made.Manifest, made.Folder, _folders.Home).Configure(chosen);
        return ServerProcess.Start(_folders, environment, arguments, executable: command);
    }

    /// <summary>One bundle for all tests of it.</summary>
    public sealed class BundleFixture : IAsyncLifetime
    {
        private readonly TestFolders _folders = new();

        public string Folder => Path.Combine(_folders.Work, "unpacked");

        public JsonObject Manifest { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            var cancellation = TestContext.Current.CancellationToken;
            var built = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../GptImage2.Mcp", Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))));
            var executable = Path.Combine(built, OperatingSystem.IsWindows() ? "gptimage2-mcp.exe" : "gptimage2-mcp");
            var bundle = Path.Combine(_folders.Work, "studio.mcpb");
            await Bundle.WriteAsync(bundle, GptImage2.Packaging.Mcpb.Manifest.Create(await ServerDescription.AskAsync(executable, cancellation), RuntimeInformation.RuntimeIdentifier), built, RepositoryRoot.Path, cancellation);
            await ZipFile.ExtractToDirectoryAsync(bundle, Folder, cancellation);
            Manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "manifest.json"), cancellation))!.AsObject();
        }

        public ValueTask DisposeAsync()
        {
            _folders.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
