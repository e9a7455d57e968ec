using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Hosts;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Storyboards;

/// <summary>What leaves the studio: files that others open.</summary>
public sealed class ExportStoryboardTests : IAsyncLifetime
{
    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("export-");

    private BoardHost _host = null!;
    private string _board = "";
    private string?[] _pictures = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await BoardHost.StartAsync(("GPTIMAGE2_OUTPUTS__ROOTS", _project.FullName));
        var made = await _host.CallAsync("create_storyboard", """{"title":"The kite, 1:2","quality":"low","panels":[{"action":"scene 1 of it","duration":1.5},{"action":"scene 2 of it"},{"action":"scene 3 of it","duration":0.25,"dialogue":"MIRA: Oh!"}]}""");
        (_board, _pictures) = (BoardHost.Board(made), BoardHost.Pictures(made));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _project.Delete(recursive: true);
    }

    [Fact]
    public async Task All_files_of_a_board_are_in_a_new_folder_and_nothing_is_drawn_or_replaced()
    {
        var first = await ExportAsync($$""","save_to":"{{_project.FullName}}" """);
        var second = await ExportAsync($$""","save_to":"{{_project.FullName}}","formats":["png"]""");

        var folder = Path.Combine(_project.FullName, "the-kite-1-2");
        first.Json.GetProperty("folder").GetString().ShouldBe(folder);
        Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(
            ["animatic.webp", "board.pdf", "board.png", "cuts.json", "panel-01.png", "panel-02.png", "panel-03.png", "panels.pdf"]);
        Directory.GetFiles(second.Json.GetProperty("folder").GetString()!).Select(Path.GetFileName).ShouldBe(["board.png"]);
        second.Json.GetProperty("folder").GetString().ShouldBe($"{folder}-2");
        _host.Service.Orders.Count.ShouldBe(3);
    }

    [Fact]
    public async Task The_panels_are_the_bytes_that_the_service_has_drawn_and_the_list_of_cuts_knows_their_times()
    {
        var folder = (await ExportAsync(""","formats":["panels","animatic"]""")).Json.GetProperty("folder").GetString()!;

        for (var number = 1; number <= 3; number++)
        {
            (await File.ReadAllBytesAsync(Path.Combine(folder, $"panel-0{number}.png"), Cancellation)).ShouldBe(await ReadAsync($"image://{_pictures[number - 1]}"));
        }

        var cuts = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "cuts.json"), Cancellation));
        cuts.GetProperty("duration_s").GetDouble().ShouldBe(4.75);
        var panels = cuts.GetProperty("panels").EnumerateArray().ToArray();
        panels.Select(panel => (panel.GetProperty("file").GetString(), panel.GetProperty("start_s").GetDouble(), panel.GetProperty("duration_s").GetDouble()))
            .ShouldBe([("panel-01.png", 0, 1.5), ("panel-02.png", 1.5, 3), ("panel-03.png", 4.5, 0.25)]);
        panels[2].GetProperty("dialogue").GetString().ShouldBe("MIRA: Oh!");
    }

    [Fact]
    public async Task The_animatic_shows_each_panel_for_its_time()
    {
        var folder = (await ExportAsync(""","formats":["animatic"]""")).Json.GetProperty("folder").GetString()!;

        var chunks = ReadChunks(await File.ReadAllBytesAsync(Path.Combine(folder, "animatic.webp"), Cancellation)).ToArray();
        var canvas = chunks.Single(chunk => chunk.Name is "VP8X").Data;
        (ReadNumber(canvas, 4) + 1, ReadNumber(canvas, 7) + 1).ShouldBe((1280, 854));
        chunks.Where(chunk => chunk.Name is "ANMF").Select(chunk => ReadNumber(chunk.Data, 12)).ShouldBe([1500, 3000, 250]);
    }

    [Fact]
    public async Task The_documents_have_one_page_and_a_page_for_each_panel()
    {
        var folder = (await ExportAsync(""","formats":["pdf","pdf_pages"]""")).Json.GetProperty("folder").GetString()!;

        CountPages(Path.Combine(folder, "board.pdf")).ShouldBe(1);
        CountPages(Path.Combine(folder, "panels.pdf")).ShouldBe(3);
    }

    [Fact]
    public async Task Without_a_folder_they_are_beside_the_images()
    {
        var exported = await _host.CallAsync("export_storyboard", """{"board":"last","formats":["png"]}""");

        exported.Json.GetProperty("folder").GetString().ShouldBe(Path.Combine(_host.Server.Root, "storyboards", "the-kite-1-2"));
        using var board = Image.Open(EncodedImage.FromFile(Path.Combine(exported.Json.GetProperty("folder").GetString()!, "board.png")));
        board.Size.Width.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task A_format_that_is_none_is_answered_with_those_that_are()
    {
        var refused = await _host.CallAsync("export_storyboard", $$"""{"board":"{{_board}}","formats":["mp4"]}""", fails: true);

        refused.Text.ShouldContain("formats[0]: expected one of png, pdf, pdf_pages, panels, animatic but received \"mp4\". Nearest legal: animatic");
    }

    [Theory]
    [InlineData("/etc/boards", "save_to: expected a folder below ")]
    [InlineData("~/boards", "save_to: expected a path written out")]
    public async Task A_folder_that_must_not_be_written_is_refused(string folder, string expected)
    {
        var refused = await _host.CallAsync("export_storyboard", $$"""{"board":"{{_board}}","save_to":"{{folder}}"}""", fails: true);

        refused.Text.ShouldContain(expected);
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Fact]
    public async Task A_link_in_a_folder_does_not_lead_out_of_it()
    {
        var outside = Directory.CreateTempSubdirectory("outside-");
        Directory.CreateSymbolicLink(Path.Combine(_project.FullName, "way"), outside.FullName);

        var refused = await _host.CallAsync("export_storyboard", $$"""{"board":"{{_board}}","save_to":"{{Path.Combine(_project.FullName, "way")}}"}""", fails: true);

        refused.Text.ShouldContain("save_to: expected a folder below ");
        outside.EnumerateFileSystemInfos().ShouldBeEmpty();
        outside.Delete();
    }

    [Theory]
    [InlineData("board.png", "image/png")]
    [InlineData("board.pdf", "application/pdf")]
    [InlineData("panels.pdf", "application/pdf")]
    [InlineData("animatic.webp", "image/webp")]
    [InlineData("cuts.json", "application/json")]
    public async Task Each_file_is_read_as_a_resource_as_well(string name, string type)
    {
        var read = await _host.Server.Client.ReadResourceAsync($"storyboard://{_board}/{name}", cancellationToken: Cancellation);

        var contents = read.Contents.ShouldHaveSingleItem();
        contents.MimeType.ShouldBe(type);
        (contents is TextResourceContents { Text.Length: > 100 } or BlobResourceContents { DecodedData.Length: > 1000 }).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_no_file_of_a_board_cannot_be_read()
    {
        foreach (var uri in (string[])[$"storyboard://{_board}/../secret", $"storyboard://{_board}", "storyboard://board_none/board.png"])
        {
            await Should.ThrowAsync<McpException>(_host.Server.Client.ReadResourceAsync(uri, cancellationToken: Cancellation).AsTask());
        }
    }

    [Fact]
    public async Task Boards_and_their_files_are_completed()
    {
        var template = new ResourceTemplateReference { Uri = "storyboard://{board}/{file}" };

        (await _host.Server.Client.CompleteAsync(template, "board", _board[..9], cancellationToken: Cancellation)).Completion.Values.ShouldBe([_board]);
        (await _host.Server.Client.CompleteAsync(template, "file", "board", cancellationToken: Cancellation)).Completion.Values.ShouldBe(["board.png", "board.pdf"]);
    }

    private Task<CallToolResult> ExportAsync(string more) => _host.CallAsync("export_storyboard", $$"""{"board":"{{_board}}"{{more}}}""");

    private async Task<byte[]> ReadAsync(string uri) =>
        (await _host.Server.Client.ReadResourceAsync(uri, cancellationToken: Cancellation)).Contents.OfType<BlobResourceContents>().Single().DecodedData.ToArray();

    /// <summary>Of the container (RFC 9649, 2.3): a name, a length, and as many bytes, padded to an even number.</summary>
    private static IEnumerable<(string Name, byte[] Data)> ReadChunks(byte[] riff)
    {
        for (var at = 12; at < riff.Length;)
        {
            var length = BitConverter.ToInt32(riff, at + 4);
            yield return (Encoding.ASCII.GetString(riff, at, 4), riff[(at + 8)..(at + 8 + length)]);
            at += 8 + length + (length % 2);
        }
    }

    private static int ReadNumber(byte[] data, int at) => data[at] | (data[at + 1] << 8) | (data[at + 2] << 16);

    /// <summary>Page objects, as every PDF has them in the clear.</summary>
    private static int CountPages(string path) => Regex.Count(Encoding.Latin1.GetString(File.ReadAllBytes(path)), @"/Type\s*/Page\b");
}
