using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Generation.Uploads;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Hosts;
using GptImage2.Testing.Images;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GptImage2.Mcp.Tests.Http.Transfers;

/// <summary>How long an upload is there.</summary>
public sealed class UploadExpiryTests
{
    private static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_upload_that_nothing_was_made_from_is_gone_after_an_hour()
    {
        await using var anna = await TransferServer.StartAsync(clock: _clock);
        var receipt = await anna.UploadedAsync(Gif);
        var id = receipt.GetProperty("id").GetString()!;

        receipt.GetProperty("expires").GetDateTimeOffset().ShouldBe(_clock.GetUtcNow() + TimeSpan.FromHours(1));
        _clock.Advance(TimeSpan.FromMinutes(59));
        (await anna.CallAsync("view_image", new() { ["image"] = id })).IsError.ShouldNotBe(true);
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await anna.CallAsync("view_image", new() { ["image"] = id })).Text.ShouldStartWith($"not_found: image: no image has the id \"{id}\".");
        await anna.UploadedAsync(Gif);
        anna.UploadedFiles.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task One_that_a_job_was_made_from_stays_and_so_does_a_mask()
    {
        await using var anna = await TransferServer.StartAsync(clock: _clock);
        var made = await anna.CallAsync("generate_image", new() { ["prompt"] = "a fox" });
        var drawn = await anna.Http.GetByteArrayAsync(made.Json.GetProperty("images")[0].GetProperty("download_url").GetString(), Cancellation);
        var image = (await anna.UploadedAsync(drawn)).GetProperty("id").GetString()!;
        var planned = (await anna.UploadedAsync(drawn)).GetProperty("id").GetString()!;

        var edited = await anna.CallAsync("edit_with_references", new() { ["prompt"] = "at night", ["references"] = new[] { new { image } } });
        await anna.CallAsync("edit_with_references", new() { ["prompt"] = "at night", ["references"] = new[] { new { image = planned } }, ["dry_run"] = true });
        var mask = (await anna.UploadedAsync(CreateMask(ImageHeader.Read(EncodedImage.FromMemory(drawn)).Size))).GetProperty("id").GetString()!;
        var inpainted = await anna.CallAsync("inpaint_region", new() { ["prompt"] = "a moon", ["image"] = made.Images[0], ["mask"] = mask });
        edited.IsError.ShouldNotBe(true, edited.Text);
        inpainted.IsError.ShouldNotBe(true, inpainted.Text);
        _clock.Advance(TimeSpan.FromHours(2));
        await anna.Server.Services.GetRequiredService<UploadSweep>().RunAsync(Cancellation);

        (await anna.CallAsync("view_image", new() { ["image"] = image })).IsError.ShouldNotBe(true);
        (await anna.CallAsync("view_image", new() { ["image"] = mask })).IsError.ShouldNotBe(true);
        (await anna.CallAsync("view_image", new() { ["image"] = planned })).IsError.ShouldBe(true);
        anna.UploadedFiles.Length.ShouldBe(4, "an image and a mask, and their records");
        var recipe = await anna.CallAsync("view_image", new() { ["image"] = edited.Images[0], ["recipe"] = true });
        recipe.Text.ShouldContain($"\"image\":\"{image}\"");
    }

    [Fact]
    public async Task What_a_process_left_that_died_is_removed_and_recovery_takes_nothing_of_it_for_an_image_of_a_job()
    {
        await using var first = await TransferServer.StartAsync();
        await first.UploadedAsync(Gif);
        foreach (var name in (string[])[".0123456789abcdef.part", "upload-aaaaaaaaaaaaaaaa.gif"])
        {
            await File.WriteAllBytesAsync(Path.Combine(first.UploadFolder, name), Gif, Cancellation);
        }

        _clock.Advance(TimeSpan.FromDays(2));
        await using var second = await TransferServer.StartAsync(root: first.Server.Root, clock: _clock);
        await second.Server.Services.GetRequiredService<UploadSweep>().RunAsync(Cancellation);
        await second.Server.Services.GetRequiredService<RecoveryService>().WaitForCompletionAsync();

        second.UploadedFiles.ShouldBeEmpty();
        (await second.CallAsync("list_images", [])).Text.ShouldBe("No images yet.");
    }

    /// <summary>White, the part to change, on the left.</summary>
    private static byte[] CreateMask(Dimensions size) => PngEncoder.Encode(size, alpha: false, System.IO.Compression.CompressionLevel.Fastest, pixels =>
    {
        var row = new byte[(size.Width * 3) + 1];
        row.AsSpan(1, size.Width).Fill(255);
        for (var y = 0; y < size.Height; y++)
        {
            pixels.Write(row);
        }
    });

    /// <summary>A lost catalog is rebuilt from the records, those of uploads among them that a job was made from.</summary>
    [Fact]
    public async Task One_that_a_job_was_made_from_survives_the_loss_of_the_catalog()
    {
        await using var first = await TransferServer.StartAsync();
        var made = await first.CallAsync("generate_image", new() { ["prompt"] = "a fox" });
        var drawn = await first.Http.GetByteArrayAsync(made.Json.GetProperty("images")[0].GetProperty("download_url").GetString(), Cancellation);
        var image = (await first.UploadedAsync(drawn)).GetProperty("id").GetString()!;
        await first.CallAsync("edit_with_references", new() { ["prompt"] = "at night", ["references"] = new[] { new { image } } });
        var elsewhere = Directory.CreateTempSubdirectory("rebuilt-");
        foreach (var file in Directory.EnumerateFiles(first.Server.Root, "*", SearchOption.AllDirectories).Where(file => !file.Contains("catalog.db") && !file.EndsWith(".lock")))
        {
            var copy = Path.Combine(elsewhere.FullName, Path.GetRelativePath(first.Server.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await using (var second = await TransferServer.StartAsync(root: elsewhere.FullName))
        {
            (await second.CallAsync("view_image", new() { ["image"] = image })).IsError.ShouldNotBe(true);
        }

        elsewhere.Delete(recursive: true);
    }
}
