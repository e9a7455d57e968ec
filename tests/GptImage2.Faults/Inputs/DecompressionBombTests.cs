using System.IO.Compression;
using GptImage2.Faults.Harness;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Inputs;

/// <summary>Small files that would become enormous images.</summary>
public sealed class DecompressionBombTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task Are_refused_from_their_headers()
    {
        var before = shared.Server.ProcessorTime;

        var bomb = Bomb();
        bomb.Length.ShouldBeInRange(80_000, 200_000);
        (await ViewAsync("bomb.png", bomb)).Text.ShouldContain("image: expected at most 200,000,000 pixels but received 50000x50000");
        (await ViewAsync("bomb.gif", Frames(1_000_000))).Text.ShouldContain("image: expected at most 4096 frames but received");

        (shared.Server.ProcessorTime - before).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (await shared.Server.CallAsync("list_presets", [])).IsError.ShouldBeFalse();
        if (OperatingSystem.IsLinux())
        {
            shared.Server.PeakMemory.ShouldBeLessThan(300_000_000);
        }
    }

    private async Task<ToolReply> ViewAsync(string name, byte[] bytes)
    {
        await File.WriteAllBytesAsync(Path.Combine(shared.Folders.Work, name), bytes);
        return await shared.Server.CallAsync("view_image", new JsonObject { ["image"] = name });
    }

    /// <summary>A hundred kilobytes of PNG that begin an image of 50,000x50,000 black dots.</summary>
    private static byte[] Bomb() => PngEncoder.Encode(new Dimensions(50_000, 50_000), alpha: false, CompressionLevel.Fastest, pixels =>
    {
        for (var megabyte = 0; megabyte < 12; megabyte++)
        {
            pixels.Write(new byte[1 << 20]);
        }
    });

    private static byte[] Frames(int count)
    {
        byte[] frame = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0];
        return [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, .. Enumerable.Repeat(frame, count).SelectMany(bytes => bytes), 0x3B];
    }
}
