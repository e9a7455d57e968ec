using BenchmarkDotNet.Attributes;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;

namespace GptImage2.Benchmarks;

/// <summary>Whole calls from the client's side, over a cast of a thousand and ten thousand boards: they must feel as with one of each.</summary>
public class StudioBenchmark
{
    private const int Entries = 1_000;
    private const int Boards = 10_000;
    private const int Panels = 12;

    private McpHost? _server;
    private string _board = "";

    /// <summary>Waits itself, because not every toolchain waits for a task.</summary>
    [GlobalSetup]
    public void Setup() => SetupAsync().GetAwaiter().GetResult();

    [GlobalCleanup]
    public void Cleanup() => _server!.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Benchmark]
    public Task<CallToolResult> Define() => CallAsync("define_cast", """{"name":"Mira500","traits":"red hair","images":[{"image":"sheet.png"}]}""");

    [Benchmark]
    public Task<CallToolResult> Mention() => CallAsync("generate_image", """{"prompt":"@Mira123 meets @Mira777","dry_run":true}""");

    [Benchmark]
    public Task<CallToolResult> ListCast() => CallAsync("define_cast", """{"action":"list"}""");

    [Benchmark]
    public async Task<int> CompleteCast() => (await _server!.Client.CompleteAsync(new ResourceTemplateReference { Uri = "cast://{name}" }, "name", "mira9")).Completion.Values.Count;

    [Benchmark]
    public Task<CallToolResult> LookAtABoard() => CallAsync("update_storyboard", $$"""{"board":"{{_board}}","dry_run":true}""");

    [Benchmark]
    public async Task<int> ListBoards() => (await _server!.Services.GetRequiredService<IStoryboardStore>().ListAsync("local", 50, CancellationToken.None)).Count;

    [Benchmark]
    public async Task<int> CompleteBoards() => (await _server!.Client.CompleteAsync(new ResourceTemplateReference { Uri = "storyboard://{board}/{file}" }, "board", _board[..8])).Completion.Values.Count;

    private Task<CallToolResult> CallAsync(string tool, string arguments) => _server!.CallAsync(tool, arguments);

    private async Task SetupAsync()
    {
        _server = await McpHost.StartAsync();
        _server.PutIntoInbox("sheet.png", PngEncoder.Gradient(new(640, 480), 1));
        for (var entry = 0; entry < Entries; entry++)
        {
            await CallAsync("define_cast", $$"""{"name":"Mira{{entry}}","traits":"red hair, parted left, number {{entry}}","images":[{"image":"sheet.png"}]}""");
        }

        var boards = _server.Services.GetRequiredService<IStoryboardStore>();
        for (var number = 0; number < Boards; number++)
        {
            var board = CreateBoard(number);
            await boards.ChangeAsync("local", board.Id, _ => board, CancellationToken.None);
            _board = number is Boards / 2 ? board.Id : _board;
        }
    }

    private static Storyboard CreateBoard(int number) => new()
    {
        Id = IdGenerator.CreateBoardId(),
        Owner = "local",
        Title = $"Board {number}",
        Size = "landscape",
        Quality = ImageQuality.Medium,
        Changed = DateTimeOffset.UnixEpoch.AddMinutes(number),
        Changes = [IdGenerator.CreateChangeId()],
        Panels =
        [
            .. Enumerable.Range(1, Panels).Select(panel => new PanelWords { Action = $"scene {panel} of board {number}, in which a good deal happens", Shot = "WS", Caption = "A caption", Dialogue = "MIRA: And a line" })
                .Select((words, index) => new StoryboardPanel($"p{index + 1}", words)
                {
                    Active = 1,
                    Versions = [new PanelVersion(1, "change_a", IdGenerator.CreatePanelJobId(), IdGenerator.CreateImageId(IdGenerator.CreateJobId(), 1, finished: false), words, 0.05m, null)],
                }),
        ],
    };
}
