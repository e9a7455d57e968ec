using System.Diagnostics;
using GptImage2.Faults.Harness;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Inputs;

/// <summary>Files that are no images, or no longer.</summary>
public sealed class DamagedInputTests(SharedServer shared) : IClassFixture<SharedServer>
{
    public static TheoryData<string> Names =>
    [
        "empty.png", "text.png", "cut.png", "header.png", "flipped.png", "endless.png", "folder", "pipe.png", "loop.png", "nul\0.png", "link.png", "", "   ", ".", "..", "file://", "file:///", "data:,", "image://", "img_x",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Are_refused_in_words_and_in_time(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name.StartsWith("pipe", StringComparison.Ordinal), "Windows keeps pipes elsewhere.");
        if (!File.Exists(Path.Combine(shared.Folders.Work, "text.png")))
        {
            await MakeAsync();
        }

        var reply = await shared.Server.CallAsync("view_image", new JsonObject { ["image"] = name });

        reply.IsError.ShouldBeTrue();
        reply.Text.ShouldContain("image: ");
        reply.Text.ShouldNotContain("unforeseen");
        shared.Server.FindInvalidLines().ShouldBeEmpty();
        shared.Server.Stderr.Trim().ShouldBeEmpty();
    }

    private async Task MakeAsync()
    {
        var whole = PngEncoder.Gradient(new(800, 600), 1);
        var flipped = whole.ToArray();
        flipped[whole.Length / 2] ^= 0xFF;
        Put("empty.png", []);
        Put("text.png", "no picture"u8);
        Put("cut.png", whole.AsSpan(0, whole.Length / 2));
        Put("header.png", whole.AsSpan(0, 33));
        Put("flipped.png", flipped);
        Directory.CreateDirectory(Path.Combine(shared.Folders.Work, "folder"));
        File.CreateSymbolicLink(Path.Combine(shared.Folders.Work, "endless.png"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(shared.Folders.Work, "loop.png"), Path.Combine(shared.Folders.Work, "loop.png"));
        File.CreateSymbolicLink(Path.Combine(shared.Folders.Work, "link.png"), "/etc/hostname");
        if (!OperatingSystem.IsWindows())
        {
            using var pipe = Process.Start("mkfifo", [Path.Combine(shared.Folders.Work, "pipe.png")]);
            await pipe.WaitForExitAsync();
        }
    }

    private void Put(string name, ReadOnlySpan<byte> bytes) => File.WriteAllBytes(Path.Combine(shared.Folders.Work, name), bytes);
}
