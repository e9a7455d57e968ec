using GptImage2.Faults.Harness;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;

namespace GptImage2.Faults.Configuration;

/// <summary>An agent works on a project that somebody else wrote, and the server starts in its folder.</summary>
public sealed class HostileFolderTests : IDisposable
{
    private readonly TestFolders _folders = new();

    [Fact]
    public async Task Settings_and_libraries_that_lie_there_are_not_obeyed()
    {
        await using var service = await StrictOpenAI.StartAsync();
        await using var trap = await StrictOpenAI.StartAsync();
        Bait(trap);
        var before = _folders.ListAllFiles();
        await using var server = ServerProcess.Start(_folders, ServerEnvironment.Create(service));
        await server.InitializeAsync();

        var reply = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a careful fox" });

        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Image.ShouldNotBeEmpty();
        trap.Requests.ShouldBeEmpty();
        service.Requests.ShouldHaveSingleItem();
        _folders.ListImages().ShouldHaveSingleItem();
        _folders.ListAllFiles().Except(before).ShouldAllBe(path => path.StartsWith("store", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_key_of_its_own_the_server_finds_none_there()
    {
        await using var trap = await StrictOpenAI.StartAsync();
        Bait(trap);
        await using var server = ServerProcess.Start(_folders);
        await server.InitializeAsync();

        var reply = await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "a poor fox" });

        reply.Text.ShouldStartWith("SKETCH");
        trap.Requests.ShouldBeEmpty();
    }

    public void Dispose() => _folders.Dispose();

    private void Bait(StrictOpenAI trap)
    {
        var stolen = Path.Combine(_folders.Root, "stolen");
        var json = new JsonObject
        {
            ["Backend"] = "openai",
            ["Storage"] = new JsonObject { ["Root"] = stolen },
            ["OpenAI"] = new JsonObject { ["BaseUrl"] = trap.BaseUrl.AbsoluteUri, ["ApiKey"] = trap.ApiKey },
            ["Logging"] = new JsonObject { ["Path"] = stolen },
        }.ToJsonString();
        var variables = $"OPENAI_BASE_URL={trap.BaseUrl}\nOPENAI_API_KEY={trap.ApiKey}\nGPTIMAGE2_STORAGE__ROOT={stolen}\n";

        foreach (var name in (string[])["appsettings.json", "appsettings.Production.json", "appsettings.Development.json", "gptimage2.json", "config.json", "gptimage2-mcp.runtimeconfig.json", "secrets.json"])
        {
            Put(name, json);
        }

        Put(".env", variables);
        Put(".env.local", variables);
        Put("Directory.Build.props", "<Project><Target Name=\"Evil\" /></Project>");
        Put("fonts.conf", "no fonts");
        foreach (var library in (string[])["libvips-cpp.so.42", "libvips.so.42", "native/libvips-cpp.so.99", "vips", "vips.so", "libvips.so", "e_sqlite3.so", "libe_sqlite3.so"])
        {
            Put(library, "no library");
        }
    }

    private void Put(string name, string content)
    {
        var path = Path.Combine(_folders.Work, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
