using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Accounting;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Backends.Tests.OpenAI;

/// <summary>An edit as sent, to the letter.</summary>
public sealed class EditBodyTests
{
    [Fact]
    public async Task One_image_goes_behind_the_words()
    {
        await using var host = await BackendHost.StartAsync();
        var request = EditSamples.References(1);

        await host.RenderAsync(request, inputs: EditSamples.PngInputs(1));

        var sent = host.Server.Requests.Single();
        sent.Path.ShouldBe("/v1/images/edits");
        Text(sent).ShouldBe(Expected(sent, [.. Words(request), ("stream", "true")], [("image[]", "image-1.png", "image/png", PngEncoder.Gradient(EditSamples.Size, 1))]));
    }

    [Fact]
    public async Task Ten_images_and_a_mask_go_in_order()
    {
        await using var host = await BackendHost.StartAsync();
        var request = EditSamples.References(10) with { Delivery = new() { Format = ImageFormat.Webp, Compression = 80 } };
        ImageFormat[] formats = [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.Webp];
        var images = Enumerable.Range(0, 10).Select(index => (Format: formats[index % 3], Bytes: EditSamples.Encoded(formats[index % 3]))).ToArray();
        var inputs = EditSamples.Inputs(images.Select(image => EditSamples.FromBytes(image.Bytes, image.Format))) with { Mask = EditSamples.FromBytes(EditSamples.Mask) };

        await host.RenderAsync(request, host.Options with { PartialImages = 2 }, inputs: inputs);

        var sent = host.Server.Requests.Single();
        string[] names = ["png", "jpg", "webp"], types = ["image/png", "image/jpeg", "image/webp"];
        Text(sent).ShouldBe(Expected(
            sent,
            [.. Words(request, "webp"), ("output_compression", "80"), ("stream", "true"), ("partial_images", "2")],
            [
                .. images.Select((image, index) => ("image[]", string.Create(CultureInfo.InvariantCulture, $"image-{index + 1}.{names[index % 3]}"), types[index % 3], image.Bytes)),
                ("mask", "mask.png", "image/png", EditSamples.Mask),
            ]));
    }

    [Fact]
    public async Task Its_length_is_told_before()
    {
        await using var host = await BackendHost.StartAsync();

        await host.RenderAsync(EditSamples.References(2), inputs: EditSamples.PngInputs(2));

        var sent = host.Server.Requests.Single();
        sent.Headers["Content-Length"].ShouldBe(sent.Bytes.Length.ToString(CultureInfo.InvariantCulture));
        sent.Headers.Keys.ShouldNotContain("Transfer-Encoding");
        sent.Headers["Authorization"].ShouldBe($"Bearer {host.Server.ApiKey}");
    }

    [Theory]
    [InlineData("two\r\nlines\n--and\r\n--a dash--\r\n")]
    [InlineData("\"quoted\"; name=\"n\"\r\n\r\n7")]
    [InlineData("zażółć 🦊\tnothing:\0.")]
    [InlineData(" blanks around ")]
    public async Task Any_prompt_arrives_as_it_is(string prompt)
    {
        await using var host = await BackendHost.StartAsync();
        var request = EditSamples.References(1) with { Prompt = prompt };

        await host.RenderAsync(request, inputs: EditSamples.PngInputs(1));

        BackendHost.PromptAsSent(request).ShouldContain(prompt.Trim());
        host.Server.Orders.Single().Prompt.ShouldBe(BackendHost.PromptAsSent(request));
    }

    [Fact]
    public async Task Files_are_read_when_they_are_sent()
    {
        await using var host = await BackendHost.StartAsync();
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var noise = NoisePng.Create(new Dimensions(400, 300), seed: 1);
        await File.WriteAllBytesAsync(path, noise, TestContext.Current.CancellationToken);

        await host.RenderAsync(EditSamples.References(1), inputs: EditSamples.Inputs(EditSamples.FromBytes(EncodedImage.FromFile(path))));

        host.Server.Orders.Single().Images.Single().Bytes.ToArray().ShouldBe(noise);
        File.Delete(path);
    }

    [Theory]
    [InlineData(1, true, 2)]
    [InlineData(1, true, 0)]
    [InlineData(1, false, 0)]
    [InlineData(3, true, 0)]
    public async Task The_edited_images_arrive(int count, bool stream, int previews)
    {
        await using var host = await BackendHost.StartAsync();
        var size = new Dimensions(1024, 640);
        var inputs = EditSamples.Inputs(EditSamples.FromBytes(PngEncoder.Gradient(size, 5))) with { Mask = EditSamples.FromBytes(PngEncoder.Gradient(size, 1, alpha: true)) };
        var drawn = new SortedDictionary<int, byte[]>();
        host.Server.DrawImage = (order, index) => drawn[index] = EditSimulator.Draw(order, index);

        var outcome = await host.RenderAsync(EditSamples.Inpaint() with { Count = count, Size = size }, host.Options with { Stream = stream, PartialImages = previews }, inputs: inputs);

        var order = host.Server.Orders.Single();
        (order.Stream, order.PartialImages).ShouldBe((stream && count == 1, previews));
        drawn.Count.ShouldBe(count + previews);
        host.Sink.Images.ShouldBe(drawn.Values.Take(count));
        host.Sink.Partials.ShouldBe(drawn.Values.Skip(count));
        host.Sink.Stages.ShouldBe([RenderStage.Sending, RenderStage.Drawing, RenderStage.Receiving]);
        outcome.Usage.ShouldBe(new TokenUsage(TokenPricing.TextTokens(order), 32 * 20 * count, TokenPricing.OutputTokens(order, count, previews)));
    }

    [Fact]
    public async Task Events_without_names_will_do_for_edits_too()
    {
        await using var host = await BackendHost.StartAsync();
        host.Server.Enqueue(new ScriptedResponse { WithoutEventNames = true });

        await host.RenderAsync(EditSamples.References(1), host.Options with { PartialImages = 1 }, inputs: EditSamples.PngInputs(1));

        (host.Sink.Images.Count, host.Sink.Partials.Count).ShouldBe((1, 1));
    }

    private static (string Name, string Value)[] Words(ImageRequest request, string format = "png") =>
    [
        ("model", "gpt-image-2"), ("prompt", BackendHost.PromptAsSent(request)), ("n", "1"), ("size", "1024x1024"),
        ("quality", "medium"), ("background", "auto"), ("output_format", format),
    ];

    /// <summary>Every byte as a character.</summary>
    private static string Text(ReceivedRequest sent) => Encoding.Latin1.GetString(sent.Bytes.Span);

    private static string Expected(ReceivedRequest sent, (string Name, string Value)[] words, (string Name, string File, string Type, byte[] Bytes)[] files)
    {
        const string Form = "multipart/form-data; boundary=";
        var type = sent.Headers["Content-Type"];
        type.ShouldStartWith(Form);
        var boundary = type[Form.Length..];
        var text = new StringBuilder();
        foreach (var (name, value) in words)
        {
            text.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(value))}\r\n");
        }

        foreach (var (name, file, mediaType, bytes) in files)
        {
            text.Append(CultureInfo.InvariantCulture, $"--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: {mediaType}\r\n\r\n{Encoding.Latin1.GetString(bytes)}\r\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"--{boundary}--\r\n").ToString();
    }
}
