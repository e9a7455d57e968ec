using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using ModelContextProtocol.Protocol;

namespace GptImage2.Edits.Tools;

/// <summary>One server that sketches, and small images in its inbox to call it with.</summary>
public sealed class EditToolsFixture : IAsyncLifetime
{
    private static readonly Dimensions Small = new(160, 120);

    private McpHost? _server;

    internal McpHost Server => _server!;

    /// <summary>A red disc of a radius of 40 pixels in the middle of a green ground.</summary>
    public static PngPixels Disc { get; } = Draw((x, y) => IsDisc(x, y) ? [200, 40, 30, 255] : [0, 177, 64, 255]);

    public async ValueTask InitializeAsync()
    {
        _server = await McpHost.StartAsync();
        Put("wide.png", PngEncoder.Gradient(new Dimensions(320, 160), 1));
        Put("tall.png", PngEncoder.Gradient(new Dimensions(120, 240), 2));
        Put("mask.png", Draw((x, y) => x is >= 40 and < 80 && y is >= 30 and < 60 ? [255, 255, 255, 255] : [0, 0, 0, 255]).Encode(alpha: false));
        Put("photo.png", Draw((x, y) => [(byte)x, (byte)y, (byte)(x ^ y), 255]).Encode(alpha: false));
        Put("photo.jpg", Jpeg(Draw((x, y) => [(byte)x, (byte)y, (byte)((x + y) / 2), 255])));
        Put("disc.png", Disc.Encode(alpha: false));
        Put("ring.png", Draw((x, y) => (((x - 80) * (x - 80)) + ((y - 60) * (y - 60))) is > 400 and < 2000 ? [180, 40, 60, 255] : [255, 255, 255, 255]).Encode(alpha: false));
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    /// <param name="paint">Red, green, blue and alpha at x and y, on 160x120 pixels.</param>
    internal static PngPixels Draw(Func<int, int, byte[]> paint) =>
        new(Small, [.. Enumerable.Range(0, Small.Width * Small.Height).SelectMany(pixel => paint(pixel % Small.Width, pixel / Small.Width))]);

    private static byte[] Jpeg(PngPixels pixels)
    {
        using var image = Image.Open(EncodedImage.FromMemory(pixels.Encode(alpha: false)));
        return image.Encode(new SaveOptions { Format = ImageFormat.Jpeg, Quality = 92 });
    }

    internal static bool IsDisc(int x, int y) => ((x - 80) * (x - 80)) + ((y - 60) * (y - 60)) < 1600;

    /// <returns>The absolute path of the image in the inbox.</returns>
    internal string Put(string name, byte[] picture) => Server.PutIntoInbox(name, picture);

    /// <param name="arguments">A JSON object.</param>
    internal Task<CallToolResult> CallAsync(string tool, string arguments) => Server.CallAsync(tool, arguments);

    /// <summary>The structured result of a call that goes well.</summary>
    internal async Task<JsonElement> CallSuccessfullyAsync(string tool, string arguments)
    {
        var result = await CallAsync(tool, arguments);
        result.IsError.ShouldNotBe(true, Text(result));
        return result.Json;
    }

    /// <summary>
    /// The text of a call that is refused for a reason that its caller can mend, without the guide or the corrected call at its end; that call is
    /// followed, as a model would, and must succeed.
    /// </summary>
    internal async Task<string> RefusalAsync(string tool, string arguments)
    {
        var result = await CallAsync(tool, arguments);
        result.IsError.ShouldBe(true, Text(result));
        Text(result).ShouldNotStartWith("internal");
        if (Text(result).Split("\nCall: ") is [var refusal, var corrected])
        {
            await FollowAsync(corrected, Text(result));
            return refusal;
        }

        return Text(result).Split("\nMore: list_presets with topic ")[0];
    }

    private async Task FollowAsync(string corrected, string refusal)
    {
        var (tool, arguments) = (corrected.Split(' ')[0], JsonNode.Parse(corrected[corrected.IndexOf('{', StringComparison.Ordinal)..])!.AsObject());
        if (tool is not ("view_image" or "list_images" or "list_presets" or "check_job" or "remove_background_hint"))
        {
            arguments["dry_run"] = true;
        }

        var followed = await CallAsync(tool, arguments.ToJsonString());
        followed.IsError.ShouldNotBe(true, $"{refusal}\n  and then {Text(followed)}");
    }

    internal async Task<JsonElement> RecordAsync(string id)
    {
        var read = await Server.Client.ReadResourceAsync($"image://{id}/record", cancellationToken: TestContext.Current.CancellationToken);
        return JsonElement.Parse(read.Contents.OfType<TextResourceContents>().First().Text);
    }

    internal static string Text(CallToolResult result) => result.Text;

    internal static string[] Warnings(JsonElement result) => [.. result.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()!)];

    /// <summary>Every pixel of a delivered image, as red, green, blue and alpha.</summary>
    internal static PngPixels Pixels(JsonElement image)
    {
        using var picture = Image.Open(EncodedImage.FromFile(image.GetProperty("path").GetString()!));
        return new PngPixels(picture.Size, picture.ToRgbaBytes());
    }
}
