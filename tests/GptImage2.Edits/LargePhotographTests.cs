using GptImage2.Edits.Cases;
using GptImage2.Edits.Checks;
using GptImage2.Imaging;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;

namespace GptImage2.Edits;

/// <summary>A photograph of 24 megapixels is edited by the real executable in full detail and in little memory.</summary>
public sealed class LargePhotographTests : IAsyncLifetime
{
    private const int MemoryLimit = 500_000_000;
    private static readonly InputKind Jpeg = InputKind.All.Single(kind => kind.Name == "jpeg");
    private static readonly Dimensions Size = new(6000, 4000);
    private static readonly Lazy<byte[]> Photograph = new(() => TestImageEncoder.Encode(TestImageEncoder.Draw(Jpeg, Size, 7), Jpeg, null, 1));
    private static readonly Lazy<Raster> Original = new(() => ImageDecoder.DecodeStored(Photograph.Value, ImageFormat.Jpeg));

    /// <summary>400x300 pixels, off the middle.</summary>
    private static readonly ExpectedShape Part = new ExpectedShape.Rectangle(4100, 2500, 4500, 2800);

    private readonly TestFolders _folders = new();
    private StrictOpenAI _service = null!;

    public async ValueTask InitializeAsync()
    {
        _service = await StrictOpenAI.StartAsync();
        _service.DrawImage = EditSimulator.Draw;
        await File.WriteAllBytesAsync(Path.Combine(_folders.Work, "photo.jpg"), Photograph.Value);
    }

    [Fact]
    public async Task A_small_part_is_sent_at_full_detail()
    {
        await EditAsync(new JsonObject { ["region"] = Rectangle(4100, 2500, 400, 300) }, ExpectedRegion.Create(Size, [Part], invert: false), pictures: 1);

        var sent = PngFile.Read(_service.Orders[0].Images[0].Bytes.Span).Decode();
        Contains(sent, 4100, 2500, 400, 300).ShouldBeTrue("the part as it is, pixel by pixel, somewhere in what was sent");
    }

    [Fact]
    public async Task A_mask_image_does_as_well()
    {
        var mask = ExpectedRegion.Create(Size, [Part], invert: false);
        var kind = InputKind.All.Single(kind => kind.Name == "png two colours");
        await File.WriteAllBytesAsync(
            Path.Combine(_folders.Work, "mask.png"),
            TestImageEncoder.Encode(new Raster(Size, 1, 8, [.. mask.Marks.Select(mark => (byte)(mark * 255))]), kind, null, 1),
            TestContext.Current.CancellationToken);

        await EditAsync(new JsonObject { ["mask"] = "mask.png" }, mask, pictures: 1);
    }

    [Fact]
    public Task Everything_but_a_part_changes() => EditAsync(
        new JsonObject { ["region"] = Rectangle(100, 100, 5000, 3000), ["invert"] = true },
        ExpectedRegion.Create(Size, [new ExpectedShape.Rectangle(100, 100, 5100, 3100)], invert: true),
        pictures: 1);

    [Fact]
    public Task Three_images_are_each_pasted() => EditAsync(
        new JsonObject { ["region"] = Rectangle(4100, 2500, 400, 300), ["count"] = 3 }, ExpectedRegion.Create(Size, [Part], invert: false), pictures: 3);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folders.Dispose();
    }

    private async Task EditAsync(JsonObject arguments, ExpectedRegion area, int pictures)
    {
        await using var server = ServerProcess.Start(_folders, McpCallExtensions.Settings(_service, ("GPTIMAGE2_JOBS__WAITSECONDS", "600")));
        await server.InitializeAsync();
        (arguments["prompt"], arguments["image"]) = ("a red boat", "photo.jpg");

        var reply = await server.CallAsync("inpaint_region", arguments);

        reply.IsError.ShouldBeFalse(reply.Text);
        var images = reply.Structured.GetProperty("images").EnumerateArray().ToArray();
        images.Length.ShouldBe(pictures, reply.Text);
        _service.Requests.Count.ShouldBe(1);
        foreach (var image in images)
        {
            Check(image, area);
        }

        server.FindInvalidLines().ShouldBeEmpty();
        if (OperatingSystem.IsLinux())
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"Peak: {server.PeakMemory / 1e6:0} MB.");
            server.PeakMemory.ShouldBeLessThan(MemoryLimit);
        }
    }

    private static void Check(JsonElement image, ExpectedRegion area)
    {
        var result = ImageDecoder.DecodeStored(File.ReadAllBytes(image.GetProperty("path").GetString()!), ImageFormat.Png);
        (result.Size, result.Bands, result.Depth).ShouldBe((Size, 3, 8));
        var changes = PixelChanges.Compare(Original.Value, result, area.Marks, area);
        changes.Outside.ShouldBe(0);
        changes.Inside.ShouldBeGreaterThan(changes.Region * 9 / 10);
        image.GetProperty("region").GetProperty("changed_outside").GetDouble().ShouldBe(0);
        image.GetProperty("region").GetProperty("changed_inside").GetDouble().ShouldBe((double)changes.Inside / changes.Region, 1e-6);
    }

    /// <summary>Whether a part of the original occurs in what was sent, wherever that is.</summary>
    private static bool Contains(PngPixels sent, int left, int top, int width, int height)
    {
        for (var y = 0; y + height <= sent.Size.Height; y++)
        {
            for (var x = 0; x + width <= sent.Size.Width; x++)
            {
                if (Matches(sent, x, y, left, top, 3, 1) && Matches(sent, x, y, left, top, width, height))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Matches(PngPixels sent, int atX, int atY, int left, int top, int width, int height)
    {
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (!sent[atX + x, atY + y][..3].SequenceEqual(Original.Value[left + x, top + y]))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static JsonArray Rectangle(int x, int y, int width, int height) =>
        [new JsonObject { ["x"] = x, ["y"] = y, ["width"] = width, ["height"] = height, ["units"] = "pixels" }];
}
