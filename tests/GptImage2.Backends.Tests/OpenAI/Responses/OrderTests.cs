using System.IO.Compression;
using GptImage2.Backends.OpenAI.Responses;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Images;
using GptImage2.Testing.Rendering;

namespace GptImage2.Backends.Tests.OpenAI.Responses;

/// <summary>What is sent.</summary>
public sealed class OrderTests
{
    [Fact]
    public async Task A_prompt_is_ordered_in_the_background_and_its_image_is_delivered()
    {
        await using var host = await ResponsesHost.StartAsync();

        var outcome = await host.RenderAsync(BackendHost.CreateRequest());

        var order = host.Server.Orders.ShouldHaveSingleItem().Json;
        order.GetProperty("tools").GetRawText().ShouldBe(
            """[{"type":"image_generation","action":"generate","model":"gpt-image-2","size":"1024x1024","quality":"medium","background":"auto","output_format":"png"}]""");
        order.GetProperty("input").GetRawText().ShouldBe("""[{"role":"user","content":[{"type":"input_text","text":"a fox"}]}]""");
        order.EnumerateObject().Where(member => member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number)
            .Select(member => $"{member.Name}={member.Value}")
            .ShouldBe(["background=True", "store=True", "stream=False", "max_output_tokens=4101", "max_tool_calls=1", "parallel_tool_calls=False"]);
        var response = host.Server.Books.ShouldHaveSingleItem();
        (response.Order.TextModel, response.Order.Window).ShouldBe(("gpt-5.4-mini", "soonest"));
        host.Sink.Images.ShouldHaveSingleItem().ShouldBe(response.Image);
        outcome.RequestId.ShouldBe(response.Id);
        host.Sink.Stages.ShouldBe([RenderStage.Sending, RenderStage.Drawing, RenderStage.Receiving]);
    }

    [Theory]
    [InlineData(CompletionWindow.Soonest, "soonest")]
    [InlineData(CompletionWindow.TwoHours, "2h")]
    [InlineData(CompletionWindow.EightHours, "8h")]
    public async Task A_window_and_a_text_model_are_passed_on(CompletionWindow window, string sent)
    {
        await using var host = await ResponsesHost.StartAsync(responses: new ResponsesOptions { Window = window, TextModel = "gpt-5.4" });

        await host.RenderAsync(BackendHost.CreateRequest());

        var order = host.Server.Books.ShouldHaveSingleItem().Order;
        (order.TextModel, order.Window).ShouldBe(("gpt-5.4", sent));
    }

    [Fact]
    public async Task Everything_that_can_be_asked_for_is_asked_for()
    {
        await using var host = await ResponsesHost.StartAsync();
        var request = BackendHost.CreateRequest("\"quoted\", ünïcode 🦊 and \n lines") with
        {
            Size = new Dimensions(1536, 1024),
            Quality = ImageQuality.High,
            Background = ImageBackground.Opaque,
            Delivery = new Delivery { Format = ImageFormat.Webp, Compression = 80 },
        };

        await host.RenderAsync(request);

        var order = host.Server.Books.ShouldHaveSingleItem().Order.Image;
        (order.Prompt, order.Size, order.Quality, order.Background, order.Format, order.Compression)
            .ShouldBe((request.Prompt, request.Size, "high", "opaque", "webp", 80));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(16)]
    public async Task References_arrive_in_their_order_byte_for_byte(int count)
    {
        await using var host = await ResponsesHost.StartAsync();
        var inputs = EditSamples.PngInputs(count);

        await host.RenderAsync(EditSamples.References(count), inputs);

        var order = host.Server.Books.ShouldHaveSingleItem().Order;
        order.Action.ShouldBe("edit");
        order.Image.Images.Select(image => Convert.ToHexString(image.Bytes.Span)).ShouldBe(Enumerable.Range(1, count).Select(seed => Convert.ToHexString(PngEncoder.Gradient(EditSamples.Size, seed))));
    }

    /// <summary>Base64 that is written in pieces must join without padding, whatever the length.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Images_of_any_length_arrive_whole(int rest)
    {
        await using var host = await ResponsesHost.StartAsync();
        var png = Enumerable.Range(256, 3).Select(height => NoisePng.Create(new Dimensions(256, height), 7)).First(image => image.Length % 3 == rest);

        await host.RenderAsync(EditSamples.References(1), EditSamples.Inputs(EditSamples.FromBytes(png)));

        host.Server.Books.Single().Order.Image.Images.Single().Bytes.ToArray().ShouldBe(png);
        png.Length.ShouldBeGreaterThan(3 * 48 * 1024);
    }

    [Fact]
    public async Task A_mask_arrives_with_the_tool_and_its_echo_does_no_harm()
    {
        await using var host = await ResponsesHost.StartAsync();
        var size = new Dimensions(1024, 800);
        var mask = PngEncoder.Encode(size, alpha: true, CompressionLevel.NoCompression, pixels => pixels.Write(new byte[size.Height * (1 + (size.Width * 4))]));
        var inputs = EditSamples.Inputs(EditSamples.FromBytes(PngEncoder.Gradient(size, 1))) with { Mask = EditSamples.FromBytes(mask) };

        await host.RenderAsync(EditSamples.Inpaint(), inputs);

        mask.Length.ShouldBeGreaterThan(3_000_000);
        host.Server.Books.Single().Order.Image.Mask!.Bytes.ToArray().ShouldBe(mask);
        host.Sink.Images.ShouldHaveSingleItem().ShouldBe(host.Server.Books.Single().Image);
    }

    [Fact]
    public async Task Several_images_are_one_order_each_all_sent_before_the_first_is_asked_about()
    {
        await using var host = await ResponsesHost.StartAsync();

        await host.RenderAsync(BackendHost.CreateRequest(count: 4));

        host.Server.Requests.Take(4).ShouldAllBe(request => request.Method == "POST");
        host.Server.Orders.Count().ShouldBe(4);
        host.Sink.Images.Select(Convert.ToHexString).ShouldBe(host.Server.Books.Select(response => Convert.ToHexString(response.Image)));
    }

    [Fact]
    public async Task A_checkpoint_is_recorded_before_each_order_and_with_every_id()
    {
        List<(int Orders, string Checkpoint)> recorded = [];
        ResponsesHost? starting = null;
        await using var host = starting = await ResponsesHost.StartAsync(new InMemoryRenderSink { Recording = checkpoint => recorded.Add((starting!.Server.Orders.Count(), checkpoint)) });

        await host.RenderAsync(BackendHost.CreateRequest(count: 2));

        var (one, two) = (host.Server.Books[0].Id, host.Server.Books[1].Id);
        recorded.ShouldBe([
            (0, """{"responses":[],"sending":true,"without_image":0}"""),
            (1, $$"""{"responses":["{{one}}"],"sending":true,"without_image":0}"""),
            (2, $$"""{"responses":["{{one}}","{{two}}"],"sending":false,"without_image":0}"""),
        ]);
    }

    [Fact]
    public async Task Nothing_is_sent_when_the_checkpoint_cannot_be_recorded()
    {
        await using var host = await ResponsesHost.StartAsync(new InMemoryRenderSink
        {
            Recording = _ => throw new ImageException(new Failure { Code = FailureCode.StorageFailed, Message = "The disk is full." }),
        });

        var failure = await host.FailAsync(BackendHost.CreateRequest());

        (failure.Code, failure.Billed).ShouldBe((FailureCode.StorageFailed, Billing.No));
        host.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_ordered_is_delivered_even_where_its_id_cannot_be_recorded()
    {
        await using var host = await ResponsesHost.StartAsync(new InMemoryRenderSink
        {
            Recording = checkpoint => _ = checkpoint.Contains("resp_", StringComparison.Ordinal)
                ? throw new ImageException(new Failure { Code = FailureCode.StorageFailed, Message = "The disk is full. Nothing was sent." })
                : 0,
        });

        await host.RenderAsync(BackendHost.CreateRequest());

        host.Sink.Images.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_file_that_changed_is_not_sent()
    {
        using var file = new TemporaryFile(PngEncoder.Gradient(EditSamples.Size, 1));
        await using var host = await ResponsesHost.StartAsync(new InMemoryRenderSink { Recording = _ => File.Delete(file.Path) });

        var failure = await host.FailAsync(EditSamples.References(1), EditSamples.Inputs(EditSamples.FromBytes(EncodedImage.FromFile(file.Path))));

        (failure.Code, failure.Billed, failure.Argument).ShouldBe((FailureCode.StorageFailed, Billing.No, "references[0].image"));
        host.Server.Books.ShouldBeEmpty();
    }

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(byte[] bytes) => File.WriteAllBytes(Path, bytes);

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
