using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Images;
using GptImage2.Testing.Scenario.Jobs;

namespace GptImage2.Backends.Tests.Scenario;

/// <summary>A background that a service removes: only the background goes.</summary>
public sealed class RemovalWorkflowTests
{
    private static readonly Dimensions Size = new(120, 90);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_subject_keeps_every_pixel_and_the_size_of_the_original(int smaller)
    {
        await using var host = await ScenarioWorkflowHost.StartAsync();
        var photo = PngEncoder.Gradient(Size, 3);
        host.Service.DrawImage = (_, _) => CreateCutout(new Dimensions(Size.Width / smaller, Size.Height / smaller));

        var made = await RemoveAsync(host, photo);

        made.Status.ShouldBe(JobStatus.Done, made.Failure?.Message);
        var (cut, before) = (PngFile.Read(host.Read(made.Images.Single())).Decode(), PngFile.Read(photo).Decode());
        cut.Size.ShouldBe(Size);
        for (var y = 35; y < 55; y++)
        {
            for (var x = 45; x < 75; x++)
            {
                cut[x, y].ToArray().ShouldBe([.. before[x, y][..3], 255]);
            }
        }

        (cut[2, 2][3], cut[117, 87][3]).ShouldBe(((byte)0, (byte)0));
        (await host.ReadLedgerAsync()).Credits.ShouldBe(ScenarioOrder.RemovalCost);
    }

    [Fact]
    public async Task Soft_edges_take_the_colours_of_the_service_which_hold_no_background()
    {
        await using var host = await ScenarioWorkflowHost.StartAsync();
        host.Service.DrawImage = static (_, _) => CreateCutout(Size);

        var made = await RemoveAsync(host, PngEncoder.Gradient(Size, 3));

        PngFile.Read(host.Read(made.Images.Single())).Decode()[30, 45].ToArray().ShouldBe([10, 200, 30, 128]);
    }

    [Fact]
    public async Task The_author_of_the_original_stays_named()
    {
        await using var host = await ScenarioWorkflowHost.StartAsync();
        host.Service.DrawImage = static (_, _) => CreateCutout(Size);

        var made = await RemoveAsync(host, PngTags.Add(PngTags.Add(PngEncoder.Gradient(Size, 3), "Author", "Zoë"), "Copyright", "© Zoë"));

        var kept = ImageHeader.ReadProvenance(EncodedImage.FromMemory(host.Read(made.Images.Single())));
        (kept.Creators.ShouldHaveSingleItem(), kept.Copyright).ShouldBe(("Zoë", "© Zoë"));
    }

    [Fact]
    public async Task What_is_not_transparent_is_no_success_and_is_kept()
    {
        await using var host = await ScenarioWorkflowHost.StartAsync();
        var opaque = PngEncoder.Gradient(Size, 5);
        host.Service.DrawImage = (_, _) => opaque;

        var made = await RemoveAsync(host, PngEncoder.Gradient(Size, 3));

        (made.Status, made.Failure!.Code, made.Failure.Billed).ShouldBe((JobStatus.Partial, FailureCode.CutoutRefused, Billing.Yes));
        made.Failure.Message.ShouldContain(made.Images.Single().Record.Id);
        host.Read(made.Images.Single()).ShouldBe(opaque);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    public async Task Neither_is_an_alpha_that_is_the_same_everywhere(byte alpha)
    {
        await using var host = await ScenarioWorkflowHost.StartAsync();
        var same = new PngPixels(Size, [.. Enumerable.Repeat(alpha, Size.Width * Size.Height * 4)]).Encode(alpha: true);
        host.Service.DrawImage = (_, _) => same;

        var made = await RemoveAsync(host, PngEncoder.Gradient(Size, 3));

        (made.Status, made.Failure!.Code, made.Failure.Billed).ShouldBe((JobStatus.Partial, FailureCode.CutoutRefused, Billing.Yes));
        host.Read(made.Images.Single()).ShouldBe(same);
    }

    [Fact]
    public async Task So_is_a_version_of_another_shape()
    {
        await using var host = await ScenarioWorkflowHost.StartAsync();
        host.Service.DrawImage = static (_, _) => CreateCutout(new Dimensions(90, 120));

        (await RemoveAsync(host, PngEncoder.Gradient(Size, 3))).Failure!.Code.ShouldBe(FailureCode.CutoutRefused);
    }

    private static async Task<JobSnapshot> RemoveAsync(ScenarioWorkflowHost host, byte[] photo) => await host.AskAsync(
        await host.PlanAsync(
            new BackgroundRemovalRequest
            {
                Prompt = "Background removed",
                Size = Size,
                Method = CutoutMethod.Service,
                Image = new Reference { Image = host.Put("photo.png", photo), FullSize = true, Argument = "image" },
            },
            "remove_background"),
        TestContext.Current.CancellationToken);

    /// <summary>Green of its own, opaque in the middle and half transparent in a wide rim.</summary>
    private static byte[] CreateCutout(Dimensions size)
    {
        var pixels = new byte[size.Width * size.Height * 4];
        for (var (y, i) = (0, 0); y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++, i += 4)
            {
                var (across, down) = (Math.Abs((x + 0.5) / size.Width - 0.5), Math.Abs((y + 0.5) / size.Height - 0.5));
                (pixels[i], pixels[i + 1], pixels[i + 2]) = (10, 200, 30);
                pixels[i + 3] = (byte)(Math.Max(across, down) switch { < 0.2 => 255, < 0.35 => 128, _ => 0 });
            }
        }

        return new PngPixels(size, pixels).Encode(alpha: true);
    }
}
