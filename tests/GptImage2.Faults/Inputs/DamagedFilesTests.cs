using GptImage2.Faults.Harness;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;
using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Inputs;

/// <summary>Two hundred files with something wrong in each, shown to one server.</summary>
public sealed class DamagedFilesTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int Count = 216;

    [Fact]
    public async Task Are_refused_by_name_or_shown_as_they_are_and_cost_no_memory()
    {
        var (refused, faithful, changed) = (0, 0, new List<DamagedImage>());
        var damages = DamagedImage.CreateMany(Count, shared.Folders.Temp);
        long early = 0;
        for (var i = 0; i < damages.Length; i++)
        {
            var reply = await ViewAsync("damaged.picture", damages[i].Bytes);
            switch (reply.IsError)
            {
                case true:
                    ShouldBeClear(reply, damages[i]);
                    refused++;
                    break;
                case false when Same(reply, damages[i].Original):
                    faithful++;
                    break;
                default:
                    changed.Add(damages[i]);
                    break;
            }

            early = i is 36 && OperatingSystem.IsLinux() ? shared.Server.PeakMemory : early;
        }

        TestContext.Current.SendDiagnosticMessage($"{refused} refused, {faithful} faithful, {changed.Count} changed. {early / 1e6:0} MB.");
        changed.ShouldAllBe(damage => damage.IsUndetectable);
        changed.Count.ShouldBeLessThan(Count / 4);
        refused.ShouldBeGreaterThan(100);
        faithful.ShouldBeGreaterThan(10);
        await ShouldBeAliveAsync(early);
    }

    private async Task<ToolReply> ViewAsync(string name, byte[] bytes)
    {
        await File.WriteAllBytesAsync(Path.Combine(shared.Folders.Work, name), bytes);
        return await shared.Server.CallAsync("view_image", new JsonObject { ["image"] = name });
    }

    private static void ShouldBeClear(ToolReply reply, DamagedImage damage)
    {
        reply.Text.ShouldStartWith("unreadable_image: image: expected ", customMessage: $"{damage.Format} {damage.Kind}");
        reply.Text.ShouldContain(" but received ");
        reply.Text.ShouldNotContain("unforeseen");
    }

    private static bool Same(ToolReply reply, byte[] original)
    {
        using var shown = Image.Open(EncodedImage.FromMemory(reply.Image));
        using var expected = Image.Open(EncodedImage.FromMemory(PreviewGenerator.Create(EncodedImage.FromMemory(original)).Bytes));
        return shown.Size == expected.Size && shown.ToRgbaBytes().AsSpan().SequenceEqual(expected.ToRgbaBytes());
    }

    private async Task ShouldBeAliveAsync(long memory)
    {
        (await shared.Server.CallAsync("list_presets", [])).IsError.ShouldBeFalse();
        shared.Server.FindInvalidLines().ShouldBeEmpty();
        shared.Server.Stderr.Trim().ShouldBeEmpty();
        if (OperatingSystem.IsLinux() && memory > 0)
        {
            shared.Server.PeakMemory.ShouldBeLessThan(memory + 40_000_000);
        }
    }
}
