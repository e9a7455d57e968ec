using GptImage2.Faults.Harness;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.Time;

namespace GptImage2.Faults.Backend;

/// <summary>The largest answer the service can give: 250 MB of images in 330 MB of JSON.</summary>
public sealed class TenLargeImagesTests : IDisposable
{
    private const int Count = 10;

    /// <summary>Each of many threads has buffers of its own.</summary>
    private static readonly (string, string)[] LargeMachine = [("VIPS_CONCURRENCY", "16"), ("DOTNET_PROCESSOR_COUNT", "16")];

    private readonly TestFolders _folders = new();
    private readonly List<string> _sent = [];
    private bool _storedBeforeTheLastBegan;

    [Fact]
    public async Task Are_stored_as_they_arrive_and_fit_into_little_memory_and_a_small_result()
    {
        await using var service = await StrictOpenAI.StartAsync();
        service.DrawImage = Draw;
        await using var server = ServerProcess.Start(_folders, [.. ServerEnvironment.Create(service), .. LargeMachine]);
        await server.InitializeAsync();

        var reply = await server.CallAsync(
            "generate_image",
            new JsonObject { ["prompt"] = "grain", ["preset"] = "wide_4k", ["count"] = Count, ["quality"] = "low" },
            progressToken: "ten");

        reply.IsError.ShouldBeFalse(reply.Text);
        Paths(reply).Select(Hash).ShouldBe(_sent);
        _storedBeforeTheLastBegan.ShouldBeTrue();
        ShowsASheet(reply);
        reply.Bytes.ShouldBeLessThan(700_000);
        server.FindInvalidLines().ShouldBeEmpty();
        if (OperatingSystem.IsLinux())
        {
            TestContext.Current.SendDiagnosticMessage($"Result: {reply.Bytes:N0} bytes. Peak: {server.PeakMemory / 1e6:0} MB.");
            server.PeakMemory.ShouldBeLessThan(250_000_000);
        }
    }

    public void Dispose() => _folders.Dispose();

    private byte[] Draw(ImageOrder order, int index)
    {
        if (index is Count - 1)
        {
            _storedBeforeTheLastBegan = SpinWait.SpinUntil(() => _folders.ListImages().Length is Count - 1, TestTimeouts.Safety);
        }

        var picture = NoisePng.Create(order.Size, index);
        _sent.Add(Convert.ToHexStringLower(SHA256.HashData(picture)));
        return picture;
    }

    private static IEnumerable<string> Paths(ToolReply reply) =>
        reply.Structured.GetProperty("images").EnumerateArray().Select(image => image.GetProperty("path").GetString()!);

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static void ShowsASheet(ToolReply reply)
    {
        using var sheet = Image.Open(EncodedImage.FromMemory(reply.Image));
        Math.Max(sheet.Size.Width, sheet.Size.Height).ShouldBeInRange(800, 1568);
    }
}
