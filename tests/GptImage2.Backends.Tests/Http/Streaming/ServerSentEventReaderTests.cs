using GptImage2.Backends.Http;
using GptImage2.Backends.Http.Streaming;
using GptImage2.Backends.OpenAI.Protocol;
using GptImage2.Testing.Rendering;

namespace GptImage2.Backends.Tests.Http.Streaming;

public sealed class ServerSentEventReaderTests
{
    private const string Preview = """{"type":"image_generation.partial_image","b64_json":"UFJF","partial_image_index":0}""";
    private const string Image = """{"type":"image_generation.completed","b64_json":"UElD","usage":{"output_tokens":5}}""";
    private const string PictureTypeLast = """{"b64_json":"UElD","usage":{"output_tokens":5},"type":"image_generation.completed"}""";

    public static TheoryData<string, int> Streams => new()
    {
        { $"event: image_generation.partial_image\ndata: {Preview}\n\nevent: image_generation.completed\ndata: {Image}\n\n", 1 },
        { $"event: image_generation.completed\r\ndata: {Image}\r\n\r\n", 0 },
        { $"data:{Preview}\r\rdata:{Image}\r\r", 1 },
        { $"\uFEFFdata: {PictureTypeLast}\n\n", 0 },
        { $"data: {PictureTypeLast}\nevent: image_generation.completed\n\n", 0 },
        { $": keep-alive\n\nid: 7\nretry: 10\nevent: ping\n\ndata: {Image}\n\ndata: [DONE]\n\n", 0 },
        { $"data\n\ndata: \n\nevent: something.new\ndata: {{\"b64_json\":\"QUJD\"}}\n\nevent: image_generation.completed\ndata: {Image}\n", 0 },
        { "data: {\"type\":\ndata: \"image_generation.completed\",\ndata:\"b64_json\":\ndata: \"UElD\",\"usage\":{\"output_tokens\":5}}\n\n", 0 },
        { $"data: {Image.Replace("generation", "edit", StringComparison.Ordinal)}", 0 },
    };

    [Theory, MemberData(nameof(Streams))]
    public async Task A_stream_is_understood_wherever_it_is_cut(string text, int previews)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var (sink, events) = await ReadAsync(bytes, cut);

            sink.Partials.Select(Encoding.UTF8.GetString).ShouldBe(Enumerable.Repeat("PRE", previews));
            sink.Images.Select(Encoding.UTF8.GetString).ShouldBe(["PIC"]);
            sink.IsOpen.ShouldBeFalse();
            OpenAIUsageReader.Read(events.Completed.ShouldNotBeNull()).ShouldNotBeNull().Out.ShouldBe(5);
        }
    }

    [Theory]
    [InlineData("event: error\ndata: {\"error\":{\"code\":\"server_error\",\"message\":\"Oh.\"}}\n\n")]
    [InlineData("data: {\"type\":\"error\",\"error\":{\"code\":\"server_error\",\"message\":\"Oh.\"}}\n\n")]
    [InlineData("data: {\"event\":\"error\",\"data\":{\"code\":\"server_error\",\"message\":\"Oh.\"}}\n\n")]
    [InlineData("event: error\ndata: {\"type\":\"error\",\"code\":\"server_error\",\"message\":\"Oh.\"}\n\n")]
    public async Task An_error_event_is_thrown(string text)
    {
        var thrown = await Should.ThrowAsync<ApiErrorEventException>(() => ReadAsync(Encoding.UTF8.GetBytes(text), 0));

        thrown.Error.Code.ShouldBe("server_error");
        thrown.Error.Message.ShouldBe("Oh.");
    }

    [Theory]
    [InlineData("event: image_generation.completed\ndata: {\"type\":\"image_generation.completed\",\"b64_json\":\"UElDUE")]
    [InlineData("event: image_generation.completed\ndata: {\"type\":\"image_generation.completed\",\"b64_json\":\"UElDUE\n\n")]
    [InlineData("data: nonsense\n\n")]
    public async Task A_broken_event_is_a_failure(string text) =>
        await Should.ThrowAsync<MalformedResponseException>(() => ReadAsync(Encoding.UTF8.GetBytes(text), 0));

    [Fact]
    public async Task A_preview_that_is_too_large_is_left_out()
    {
        var sink = new InMemoryRenderSink();

        await WriteLargeAsync(sink, "event: image_generation.partial_image\ndata: {\"b64_json\":\"", "\"}\n\n");

        (sink.Partials.Count, sink.Images.Count, sink.Abandoned).ShouldBe((0, 0, 0));
    }

    [Theory]
    [InlineData("image_generation.completed", 1, 0)]
    [InlineData("image_generation.partial_image", 0, 1)]
    public async Task A_large_value_whose_type_comes_last_is_kept_only_when_it_is_the_image(string type, int images, int abandoned)
    {
        var sink = new InMemoryRenderSink();

        await WriteLargeAsync(sink, "data: {\"b64_json\":\"", $"\",\"type\":\"{type}\"}}\n\n");

        (sink.Images.Count, sink.Abandoned).ShouldBe((images, abandoned));
        sink.Images.ShouldAllBe(image => image.Length > OpenAIImageEvents.MaxPreviewBytes);
    }

    private static async Task WriteLargeAsync(InMemoryRenderSink sink, string before, string after)
    {
        await using var pictures = new RenderSinkTarget(sink);
        var stream = new ServerSentEventReader(new OpenAIImageEvents(sink, pictures));
        var (piece, token) = (Encoding.UTF8.GetBytes(new string('A', 64 * 1024)), TestContext.Current.CancellationToken);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(before), token);
        for (var length = 0; length <= OpenAIImageEvents.MaxPreviewBytes * 4L / 3; length += piece.Length)
        {
            await stream.WriteAsync(piece, token);
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes(after), token);
        await stream.CompleteAsync(token);
    }

    private static async Task<(InMemoryRenderSink Sink, OpenAIImageEvents Events)> ReadAsync(byte[] bytes, int cut)
    {
        var sink = new InMemoryRenderSink();
        await using var pictures = new RenderSinkTarget(sink);
        var events = new OpenAIImageEvents(sink, pictures);
        var stream = new ServerSentEventReader(events);
        await stream.WriteAsync(bytes.AsMemory(0, cut), TestContext.Current.CancellationToken);
        await stream.WriteAsync(bytes.AsMemory(cut), TestContext.Current.CancellationToken);
        await stream.CompleteAsync(TestContext.Current.CancellationToken);
        return (sink, events);
    }
}
