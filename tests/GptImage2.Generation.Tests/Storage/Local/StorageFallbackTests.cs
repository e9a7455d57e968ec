using GptImage2.Generation.Errors;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Testing.Files;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GptImage2.Generation.Tests.Storage.Local;

/// <summary>Images that the store does not take are safe elsewhere, with every byte.</summary>
public sealed class StorageFallbackTests : IDisposable
{
    private static readonly ImageDraft Fox = new("job_abc", 1, "A red fox");
    private static readonly byte[] Bytes = [.. TinyImages.Png(40, 30), .. RandomNumberGenerator.GetBytes(500_000)];

    private readonly TempFolder _temp = new();
    private readonly FileImageStore _store;

    public StorageFallbackTests()
    {
        Directory.CreateDirectory(Temporary);
        _store = new(new StorageOptions { Root = Root, CatalogFolder = Root, Temporary = Temporary }, TimeProvider.System, NullLogger<FileImageStore>.Instance);
    }

    private string Root => Path.Combine(_temp.Path, "store");

    private string Temporary => Path.Combine(_temp.Path, "temporary");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_000, true)]
    [InlineData(90_000, false)]
    [InlineData(90_000, true)]
    public async Task A_disk_that_fills_up_costs_no_byte(int piece, bool synchronous)
    {
        using var disk = MountedDisk.TryMount(Root, 200);
        Assert.SkipWhen(disk is null, "Nothing can be mounted here.");

        var kept = await StoreAsync(Bytes, piece, synchronous);

        await ShouldBeTemporaryAsync(kept);
        _store.GetRelocationReason(kept.File)!.ShouldContain("disk is full");
        Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).ShouldBeEmpty("the room is needed");
    }

    [Fact]
    public async Task A_disk_that_may_only_be_read_costs_no_byte()
    {
        using var disk = MountedDisk.TryMount(Root, 2000);
        Assert.SkipWhen(disk is null || !disk.MakeReadOnly(), "Nothing can be mounted here.");

        await ShouldBeTemporaryAsync(await StoreAsync(Bytes));
    }

    [Fact]
    public async Task A_root_that_is_a_file_costs_no_byte_and_is_told()
    {
        await File.WriteAllTextAsync(Root, "a file where the root should be", Token);

        var kept = await StoreAsync(Bytes);

        await ShouldBeTemporaryAsync(kept);
        _store.GetRelocationReason(kept.File)!.ShouldContain(Root);
        _store.GetRelocationReason(kept.File)!.ShouldContain("GPTIMAGE2_STORAGE__ROOT");
    }

    [Fact]
    public async Task A_folder_that_is_deleted_while_bytes_arrive_costs_none()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Open files cannot be deleted here.");
        await using var incoming = _store.CreateImage(Fox);
        await incoming.WriteAsync(Bytes.AsMemory(0, 300_000), Token);
        Directory.Delete(Root, recursive: true);
        await incoming.WriteAsync(Bytes.AsMemory(300_000), Token);

        await ShouldBeTemporaryAsync(await incoming.CompleteAsync());
    }

    [Fact]
    public async Task A_name_that_cannot_be_given_costs_no_byte()
    {
        var name = (await StoreAsync(Bytes)).File.Path;
        File.Delete(Path.Combine(Root, name));
        Directory.CreateDirectory(Path.Combine(Root, name, "inside"));
        var store = new FileImageStore(
            new StorageOptions { Root = Root, CatalogFolder = Root, Temporary = Temporary },
            new FakeTimeProvider(DateTimeOffset.ParseExact(name[..17], "yyyy-MM-dd/HHmmss", null, System.Globalization.DateTimeStyles.AssumeUniversal)),
            NullLogger<FileImageStore>.Instance);
        await using var incoming = store.CreateImage(Fox);
        await incoming.WriteAsync(Bytes, Token);

        await ShouldBeTemporaryAsync(await incoming.CompleteAsync());
    }

    [Fact]
    public async Task Where_no_disk_takes_it_an_image_can_be_read_until_the_end()
    {
        await BreakAsync(Root, Temporary);

        var kept = await StoreAsync(Bytes);
        await _store.WriteRecordAsync(TestImageRecords.Create("a fox") with { File = kept.File }, Token);

        await ShouldBeInMemoryAsync(kept);
        ImageHeader.Read(_store.Open(kept.File)).Size.ShouldBe(new Dimensions(40, 30));
        var other = new FileImageStore(new StorageOptions { Root = Root, CatalogFolder = Root }, TimeProvider.System, NullLogger<FileImageStore>.Instance);
        Should.Throw<ImageException>(() => other.Open(kept.File)).Failure.Code.ShouldBe(FailureCode.NotFound);
    }

    [Fact]
    public async Task Two_disks_that_fill_up_one_after_the_other_cost_no_byte()
    {
        using var first = MountedDisk.TryMount(Root, 200);
        using var second = MountedDisk.TryMount(Temporary, 300);
        Assert.SkipWhen(first is null || second is null, "Nothing can be mounted here.");

        await ShouldBeInMemoryAsync(await StoreAsync(Bytes));
        Directory.EnumerateFileSystemEntries(Temporary).ShouldBeEmpty();
    }

    [Fact]
    public async Task Memory_takes_only_so_much_and_what_was_given_up_leaves_room()
    {
        await BreakAsync(Root, Temporary);
        var megabyte = new byte[1 << 20];
        await using (var large = _store.CreateImage(Fox))
        {
            for (var written = 0; written < 64; written++)
            {
                await large.WriteAsync(megabyte, Token);
            }

            var failure = await Should.ThrowAsync<ImageException>(() => large.WriteAsync(megabyte, Token).AsTask());
            failure.Failure.Code.ShouldBe(FailureCode.StorageFailed);
            failure.Failure.Billed.ShouldBe(Billing.Yes);
        }

        await ShouldBeInMemoryAsync(await StoreAsync(Bytes));
    }

    [Fact]
    public async Task What_is_given_up_leaves_nothing_in_the_temporary_folder()
    {
        await BreakAsync(Root);
        await using (var incoming = _store.CreateImage(Fox))
        {
            await incoming.WriteAsync(Bytes, Token);
            Directory.EnumerateFiles(Temporary, ".job_abc-1.part", SearchOption.AllDirectories).ShouldHaveSingleItem();
        }

        Directory.EnumerateFileSystemEntries(Temporary).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_record_lies_beside_the_image_wherever_that_is()
    {
        await BreakAsync(Root);
        var kept = await StoreAsync(Bytes);
        var record = TestImageRecords.Create("a fox") with { Id = kept.Id, File = kept.File };

        await _store.WriteRecordAsync(record, Token);

        var json = await File.ReadAllTextAsync(Path.ChangeExtension(kept.File.Path, "json"), Token);
        JsonSerializer.Deserialize(json, ImageRecordJsonContext.Readable.ImageRecord).ShouldBe(record);
    }

    [Fact]
    public async Task No_other_file_passes_for_one_that_was_put_there()
    {
        var kept = await StoreAsync(Bytes);
        var folder = Path.Combine(Temporary, "gptimage2-0123abcd-0123456789abcdef");

        foreach (var path in (string[])[Path.Combine(Temporary, "a.png"), Path.Combine(folder, "..", "a.png"), Path.Combine(folder, "deep", "a.png"), folder])
        {
            Should.Throw<ImageException>(() => _store.Open(kept.File with { Path = path })).Failure.Code.ShouldBe(FailureCode.NotAllowed, path);
        }
    }

    public void Dispose() => _temp.Dispose();

    private static async Task BreakAsync(params string[] places)
    {
        foreach (var place in places)
        {
            if (Directory.Exists(place))
            {
                Directory.Delete(place);
            }

            await File.WriteAllTextAsync(place, "a file where a folder should be", Token);
        }
    }

    private async Task<StoredImage> StoreAsync(byte[] bytes, int piece = 90_000, bool synchronous = false)
    {
        await using var incoming = _store.CreateImage(Fox);
        foreach (var part in bytes.Chunk(piece))
        {
            if (synchronous)
            {
                incoming.Write(part);
            }
            else
            {
                await incoming.WriteAsync(part, Token);
            }
        }

        return await incoming.CompleteAsync();
    }

    private async Task ShouldBeTemporaryAsync(StoredImage kept)
    {
        kept.File.Location.ShouldBe(StorageLocation.Temporary);
        var path = _store.GetAbsolutePath(kept.File)!;
        path.ShouldStartWith(Temporary);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.GetDirectoryName(path)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await ShouldBeWholeAsync(kept);
    }

    private async Task ShouldBeInMemoryAsync(StoredImage kept)
    {
        kept.File.Location.ShouldBe(StorageLocation.Memory);
        _store.GetAbsolutePath(kept.File).ShouldBeNull();
        await ShouldBeWholeAsync(kept);
    }

    private async Task ShouldBeWholeAsync(StoredImage kept)
    {
        var read = new MemoryStream();
        await using var stream = _store.OpenRead(kept.File);
        await stream.CopyToAsync(read, Token);
        read.ToArray().ShouldBe(Bytes);
        (kept.File.Bytes, kept.File.Sha256).ShouldBe((Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(Bytes))));
        kept.Id.ShouldBe(IdGenerator.CreateImageId("job_abc", 1, finished: false));
    }
}
