using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Storyboards;

/// <summary>A server whose panels are drawn by the stand-in of the service; each prompt gets a picture of its own.</summary>
internal sealed class BoardHost : IAsyncDisposable
{
    private BoardHost(StrictOpenAI service, McpHost server) => (Service, Server) = (service, server);

    public StrictOpenAI Service { get; }

    public McpHost Server { get; }

    public static async Task<BoardHost> StartAsync(params IEnumerable<(string Variable, string Value)> settings)
    {
        var service = await StrictOpenAI.StartAsync();
        service.DrawImage = (order, _) => PngEncoder.Gradient(order.Size, order.Prompt.Select((letter, place) => letter * (place % 97)).Sum() + (service.Orders.Count * 7919));
        return new BoardHost(service, await McpHost.StartAsync(McpCallExtensions.Settings(service, settings), cancellationToken: TestContext.Current.CancellationToken));
    }

    /// <summary>Small panels, of which the first says "scene 1".</summary>
    public static string Panels(int count) => string.Join(',', Enumerable.Range(1, count).Select(number => $$"""{"action":"scene {{number}} of the story","shot":"WS","size":"256x160"}"""));

    /// <param name="more">Further members of the arguments, each with a comma before it.</param>
    public Task<CallToolResult> CreateAsync(int panels, string more = "") => CallAsync("create_storyboard", $$"""{"title":"The kite","quality":"low","panels":[{{Panels(panels)}}]{{more}}}""");

    /// <param name="arguments">A JSON object.</param>
    public async Task<CallToolResult> CallAsync(string tool, string arguments, bool fails = false)
    {
        var result = await Server.CallAsync(tool, arguments);
        (result.IsError is true).ShouldBe(fails, result.Text);
        return result;
    }

    /// <summary>Answers the request for a panel as planned, and all others with pictures.</summary>
    public void Answer(int panel, ScriptedResponse response) => Service.SelectResponse = With(Service.SelectResponse, panel, response);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Service.DisposeAsync();
    }

    public static string Board(CallToolResult result) => result.Json.GetProperty("board").GetProperty("id").GetString()!;

    public static JsonElement[] PanelsOf(CallToolResult result) => [.. result.Json.GetProperty("board").GetProperty("panels").EnumerateArray()];

    public static string[] States(CallToolResult result) => [.. PanelsOf(result).Select(panel => panel.GetProperty("state").GetString()!)];

    public static string?[] Pictures(CallToolResult result) => [.. PanelsOf(result).Select(panel => panel.TryGetProperty("image", out var image) ? image.GetString() : null)];

    public static byte[] ReadBoard(CallToolResult result) => File.ReadAllBytes(result.Json.GetProperty("images")[0].GetProperty("path").GetString()!);

    /// <summary>The pixels of the board that a result delivers.</summary>
    public static (Imaging.Dimensions Size, byte[] Rgba) DecodeBoard(CallToolResult result)
    {
        using var board = Image.Open(EncodedImage.FromMemory(ReadBoard(result)));
        return (board.Size, board.ToRgbaBytes());
    }

    /// <summary>Whether the image is all that went with an order's prompt.</summary>
    public static bool ShowsOnly(Testing.OpenAI.Requests.ImageOrder order, byte[] image) => order.Images.Count is 1 && order.Images[0].Bytes.Span.SequenceEqual(image);

    private static Func<Testing.OpenAI.Requests.ImageOrder, ScriptedResponse?> With(Func<Testing.OpenAI.Requests.ImageOrder, ScriptedResponse?> others, int panel, ScriptedResponse response) =>
        order => order.Prompt.Contains($"scene {panel} of", StringComparison.Ordinal) ? response : others(order);
}
