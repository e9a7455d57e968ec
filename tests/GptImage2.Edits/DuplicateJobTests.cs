using GptImage2.Edits.Hosts;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Edits;

/// <summary>The same edit again while it runs, and images that change meanwhile.</summary>
public sealed class DuplicateJobTests
{
    private const string Part = """{"x": 0.25, "y": 0.25, "width": 0.25, "height": 0.25}""";

    [Fact]
    public async Task The_same_bytes_at_another_place_join_the_job()
    {
        await using var client = await StartAsync(Never);
        client.Put("a.png", 1);
        var elsewhere = client.Put(Path.Combine("folder", "b.png"), 1);

        var first = await EditAsync(client, "a.png");
        var second = await EditAsync(client, elsewhere);
        await client.Service.WaitForRequestsAsync(1);

        ServerHost.JobId(second).ShouldBe(ServerHost.JobId(first));
        client.Service.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Other_bytes_at_the_same_place_are_another_job()
    {
        await using var client = await StartAsync(Never);
        client.Put("a.png", 1);
        var first = await EditAsync(client, "a.png");
        client.Put("a.png", 2);

        ServerHost.JobId(await EditAsync(client, "a.png")).ShouldNotBe(ServerHost.JobId(first));
    }

    [Theory]
    [InlineData("""[{"x": 40, "y": 30, "width": 40, "height": 30, "units": "pixels"}]""", true)]
    [InlineData("""{"points": [[0.25, 0.25], [0.5, 0.25], [0.5, 0.5], [0.25, 0.5]]}""", true)]
    [InlineData("""[{"x": 0.25, "y": 0.25, "width": 0.25, "height": 0.3}]""", false)]
    [InlineData(Part + ", \"invert\": true", false)]
    [InlineData(Part + ", \"feather\": 1", false)]
    [InlineData(Part + ", \"outside\": \"model\"", false)]
    [InlineData(Part + ", \"view\": \"preview\"", true)]
    public async Task The_same_part_however_it_is_said_is_the_same_edit(string region, bool joins)
    {
        await using var client = await StartAsync(Never);
        client.Put("a.png", 1);

        var first = await InpaintAsync(client, Part);
        var second = await InpaintAsync(client, region);

        (ServerHost.JobId(second) == ServerHost.JobId(first)).ShouldBe(joins);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_image_that_is_gone_or_another_by_now_is_edited_as_it_was(bool isGone)
    {
        var gate = new TaskCompletionSource();
        await using var client = await StartAsync(gate.Task);
        client.Service.DrawImage = EditSimulator.Draw;
        var path = client.Put("a.png", 1);
        var original = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);

        ServerHost.Status(await InpaintAsync(client, Part)).ShouldBeOneOf("queued", "running");
        File.Delete(path);
        _ = isGone ? path : client.Put("a.png", PngEncoder.Gradient(new Dimensions(160, 120), 5));
        gate.SetResult();
        await client.WaitForJobsAsync();

        var listed = await client.CallAsync("list_images", "{}");
        var id = listed.GetProperty("images").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString();
        using var drawn = Image.Open(EncodedImage.FromFile(Directory.EnumerateFiles(client.Root, $"*{id!["img_".Length..]}.png", SearchOption.AllDirectories).Single()));
        new PngPixels(drawn.Size, drawn.ToRgbaBytes())[10, 10].ToArray().ShouldBe(PngFile.Read(original).Decode()[10, 10].ToArray());
    }

    private static Task Never => new TaskCompletionSource().Task;

    private static async Task<ServerHost> StartAsync(Task gate)
    {
        var client = await ServerHost.StartAsync(("GPTIMAGE2_JOBS__WAITSECONDS", "0"));
        client.Service.DefaultResponse = ScriptedResponse.Images with { StartSignal = gate };
        return client;
    }

    private static Task<JsonElement> EditAsync(ServerHost client, string image) =>
        client.CallAsync("edit_with_references", $$"""{"prompt": "a hat", "references": [{"image": {{JsonSerializer.Serialize(image)}}}]}""");

    private static Task<JsonElement> InpaintAsync(ServerHost client, string region) =>
        client.CallAsync("inpaint_region", $$"""{"prompt": "a hat", "image": "a.png", "region": {{region}}}""");
}
