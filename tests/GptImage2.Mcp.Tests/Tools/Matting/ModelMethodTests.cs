using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.Onnx;
using GptImage2.Testing.OpenAI;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tests.Tools.Matting;

/// <summary>remove_background with a tiny model that takes red things for the subject, over MCP.</summary>
public sealed class ModelMethodTests : IAsyncLifetime
{
    private static readonly Dimensions Size = new(160, 120);

    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("gptimage2-models-");
    private McpHost? _server;

    private McpHost Server => _server!;

    public async ValueTask InitializeAsync()
    {
        // Steep: red beyond the middle of the two others is subject, less is not.
        var graph = TinyGraph.Mixing(40, -40, 0, -8, 80, 60).Build();
        await File.WriteAllBytesAsync(Path.Combine(_models.FullName, "reds.onnx"), graph);
        _server = await StartAsync("reds.onnx");
        Server.PutIntoInbox("busy.png", Draw(IsDisc).Encode(alpha: false));
        Server.PutIntoInbox("plain.png", new PngPixels(Size, [.. Places().SelectMany(at => IsDisc(at.X, at.Y) ? (byte[])[200, 40, 30, 255] : [0, 177, 64, 255])]).Encode(alpha: false));
        Server.PutIntoInbox("nothing.png", Draw((_, _) => false).Encode(alpha: false));
        Server.PutIntoInbox("clear.png", new PngPixels(Size, [.. Places().SelectMany(at => IsDisc(at.X, at.Y) ? (byte[])[200, 40, 30, 255] : [0, 0, 0, 0])]).Encode(alpha: true));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _models.Delete(recursive: true);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("auto")]
    public async Task A_subject_is_cut_out_of_a_busy_background_with_its_own_pixels(string method)
    {
        var made = await RemoveAsync("busy.png", method);

        made.IsError.ShouldNotBe(true, made.Text);
        var cut = PngFile.Read(await File.ReadAllBytesAsync(made.Json.GetProperty("images")[0].GetProperty("path").GetString()!, TestContext.Current.CancellationToken)).Decode();
        cut.Size.ShouldBe(Size);
        (cut[3, 3][3], cut[156, 60][3]).ShouldBe(((byte)0, (byte)0));
        var before = Draw(IsDisc);
        for (var x = 55; x < 105; x++)
        {
            cut[x, 60].ToArray().ShouldBe(before[x, 60].ToArray());
        }

        Places().Average(at => Math.Abs(cut[at.X, at.Y][3] - (IsDisc(at.X, at.Y) ? 255 : 0)) / 255.0).ShouldBeLessThan(0.015);
    }

    [Fact]
    public async Task The_result_and_the_record_say_which_method_which_model_and_that_it_was_free()
    {
        var made = await RemoveAsync("busy.png", "model");

        made.Text.ShouldStartWith("Made 1 image with reds (local) in ");
        made.Text.ShouldContain("Cost: nothing");
        made.Text.ShouldContain("method model: reds tells the subject from what is behind it.");
        made.Json.GetProperty("method").GetString().ShouldBe("model");
        var id = made.Json.GetProperty("images")[0].GetProperty("id").GetString();
        (await Server.CallAsync("view_image", $$"""{"image": "{{id}}", "recipe": true}""")).Text.ShouldContain("\"method\":\"model\"");
    }

    [Fact]
    public async Task Auto_says_why_it_took_the_model()
    {
        var made = await RemoveAsync("busy.png", "auto");

        made.Json.GetProperty("method").GetString().ShouldBe("model");
        made.Text.ShouldContain("Note: method auto took model (reds), because key cannot do it: expected one plain colour behind the subject but received ");
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("key")]
    public async Task A_plain_backdrop_is_cut_along_by_its_colour(string method)
    {
        var made = await RemoveAsync("plain.png", method);

        made.IsError.ShouldNotBe(true, made.Text);
        made.Json.GetProperty("method").GetString().ShouldBe("key");
        made.Text.ShouldContain("method key: the backdrop is plain.");
        made.Json.GetProperty("model").GetString().ShouldBe("flat-backdrop");
    }

    [Fact]
    public async Task Key_alone_refuses_a_busy_background_with_the_call_that_a_model_can_make()
    {
        var refused = await RemoveAsync("busy.png", "key");

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldContain("Or remove_background with method: model cuts it out here, free (reds).");
        refused.Text.ShouldEndWith("Call: remove_background {\"image\":\"busy.png\",\"method\":\"model\"}");
    }

    [Theory]
    [InlineData("model")]
    [InlineData("auto")]
    public async Task What_the_model_finds_nothing_in_is_refused_with_what_helps(string method)
    {
        var refused = await RemoveAsync("nothing.png", method);

        refused.IsError.ShouldBe(true);
        refused.Text.ShouldContain("cutout_refused: image: expected a subject but the model found none that it is sure of.");
        refused.Text.ShouldContain("edit_with_references");
    }

    [Theory]
    [InlineData("model")]
    [InlineData("auto")]
    public async Task A_cut_out_needs_no_cutting(string method) => (await RemoveAsync("clear.png", method)).Text.ShouldContain("use it as it is");

    [Theory]
    [InlineData("busy.png", "model", "by reds (local). It costs nothing.", "Whether the model finds a subject shows only when it is asked; that is free.")]
    [InlineData("busy.png", "auto", "by reds (local). It costs nothing.", "method auto took model (reds), because key cannot do it: expected one plain colour")]
    [InlineData("plain.png", "auto", "by flat-backdrop (local). It costs nothing.", "method key: the backdrop is plain.")]
    public async Task A_dry_run_says_the_same(string image, string method, string by, string why)
    {
        var planned = await Server.CallAsync("remove_background", $$"""{"image": "{{image}}", "method": "{{method}}", "dry_run": true}""");

        planned.IsError.ShouldNotBe(true, planned.Text);
        planned.Text.ShouldContain(by);
        planned.Text.ShouldContain(why);
        planned.Json.GetProperty("images").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task So_does_the_hint_and_its_call_can_be_made()
    {
        var hint = await Server.CallAsync("remove_background_hint", """{"image": "busy.png"}""");

        hint.Text.ShouldContain("There is no plain backdrop to cut along. remove_background with method: model cuts it out here, free (reds).");
        var next = hint.Json.GetProperty("next")[0];
        (await Server.CallAsync(next.GetProperty("tool").GetString()!, next.GetProperty("arguments").GetRawText())).IsError.ShouldNotBe(true);
    }

    [Fact]
    public async Task The_list_of_models_names_it() =>
        (await Server.CallAsync("list_presets", """{"topic": "models"}""")).Text.ShouldContain("remove_background with method: model is done by reds on this machine, free.");

    [Theory]
    [InlineData("gone.onnx", true)]
    [InlineData("damaged.onnx", false)]
    public async Task A_model_that_cannot_be_used_keeps_no_server_from_starting_and_is_named_where_it_is_wanted(string name, bool knownBefore)
    {
        await File.WriteAllTextAsync(Path.Combine(_models.FullName, "damaged.onnx"), "no model", TestContext.Current.CancellationToken);
        await using var server = await StartAsync(name);
        server.PutIntoInbox("busy.png", Draw(IsDisc).Encode(alpha: false));

        var planned = await server.CallAsync("remove_background", """{"image": "busy.png", "dry_run": true}""");
        var refused = await server.CallAsync("remove_background", """{"image": "busy.png"}""");

        (planned.IsError is true).ShouldBe(knownBefore, planned.Text);
        refused.IsError.ShouldBe(true);
        refused.Text.ShouldContain($"method: GPTIMAGE2_MATTING__MODEL ({name}): expected ");
        refused.Text.ShouldContain("edit_with_references");
    }

    /// <summary>The model that draws did not draw the plain backdrop that it was asked for.</summary>
    [Fact]
    public async Task What_is_drawn_to_be_cut_out_is_cut_by_the_model_where_its_backdrop_does_not_tell()
    {
        await using var service = await StrictOpenAI.StartAsync();
        service.DrawImage = (order, _) => Enlarge(Draw(IsDisc), order.Size);
        await using var server = await StartAsync("reds.onnx", [.. McpCallExtensions.Settings(service)]);

        var made = await server.CallAsync("generate_image", """{"prompt": "a ball", "width": 1024, "height": 768, "quality": "low", "cutout": true, "view": "none"}""");

        made.IsError.ShouldNotBe(true, made.Text);
        made.Text.ShouldContain("was cut out by the model reds, because its backdrop is not plain enough: expected one plain colour behind the subject but received ");
        made.Json.GetProperty("images")[0].GetProperty("see_through").GetDouble().ShouldBe(1 - (Math.PI * 1600 / (160 * 120)), 0.02);
        service.Requests.Count.ShouldBe(1);
    }

    private Task<McpHost> StartAsync(string model, params (string, string)[] more) => McpHost.StartAsync(
        [.. more, ("GPTIMAGE2_MATTING__MODEL", Path.Combine(_models.FullName, model)), ("GPTIMAGE2_MATTING__PRESET", "birefnet"), ("GPTIMAGE2_MATTING__MEAN", "0"), ("GPTIMAGE2_MATTING__DEVIATION", "1"), ("GPTIMAGE2_MATTING__THREADS", "1")],
        cancellationToken: TestContext.Current.CancellationToken);

    private Task<CallToolResult> RemoveAsync(string image, string method) => Server.CallAsync("remove_background", $$"""{"image": "{{image}}", "method": "{{method}}"}""");

    private static byte[] Enlarge(PngPixels pixels, Dimensions size)
    {
        using var image = Image.Open(EncodedImage.FromMemory(pixels.Encode(alpha: false)));
        using var large = image.Resize(size);
        return large.Encode(new SaveOptions { Format = ImageFormat.Png });
    }

    private static bool IsDisc(int x, int y) => ((x - 80) * (x - 80)) + ((y - 60) * (y - 60)) < 1600;

    /// <summary>Stripes of greens and blues behind what is red.</summary>
    private static PngPixels Draw(Func<int, int, bool> isSubject) =>
        new(Size, [.. Places().SelectMany(at => isSubject(at.X, at.Y) ? (byte[])[220, (byte)(30 + (at.X / 8)), 40, 255] : [(byte)(at.Y / 2), (byte)(110 + (at.X * 7 % 120)), (byte)(at.X / 10 * 37), 255])]);

    private static IEnumerable<(int X, int Y)> Places() => Enumerable.Range(0, Size.Width * Size.Height).Select(place => (place % Size.Width, place / Size.Width));
}
