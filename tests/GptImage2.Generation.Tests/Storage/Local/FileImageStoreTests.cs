using GptImage2.Generation.Errors;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GptImage2.Generation.Tests.Storage.Local;

public sealed class FileImageStoreTests : IDisposable
{
    private static readonly ImageDraft Draft = new("job_abc", 1, "A red fox");
    private static readonly TimeProvider Noon = new FakeTimeProvider(new DateTimeOffset(2026, 5, 4, 14, 0, 9, TimeSpan.FromHours(2)));

    private readonly TempFolder _temp = new();

    private FileImageStore Store => new(Options(_temp.Path), Noon, NullLogger<FileImageStore>.Instance);

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Makes_nothing_before_the_first_byte()
    {
        using var incoming = Store.CreateImage(Draft);

        Directory.Exists(_temp.Path).ShouldBeFalse();
    }

    [Fact]
    public async Task Names_an_image_by_its_moment_its_title_and_its_id()
    {
        var kept = await StoreAsync(TinyImages.Png(2, 3));

        kept.Id.ShouldMatch($"^img_{IdGenerator.Pattern}$");
        kept.File.Path.ShouldBe($"2026-05-04/120009-a-red-fox-{kept.Id["img_".Length..]}.png");
        _temp.Files.ShouldBe([kept.File.Path]);
    }

    [Fact]
    public async Task Tells_what_the_image_is()
    {
        var bytes = TinyImages.Png(2, 3, alpha: true);

        var kept = await StoreAsync(bytes);

        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        kept.File.ShouldBe(new StoredFile(kept.File.Path, ImageFormat.Png, new Dimensions(2, 3), true, bytes.Length, sha256));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(777)]
    [InlineData(1 << 20)]
    public async Task Keeps_every_byte_whatever_the_pieces_it_came_in(int piece)
    {
        byte[] bytes = [.. TinyImages.Png(40, 30), .. RandomNumberGenerator.GetBytes(piece > 1 ? 300_000 : 1000)];
        await using var incoming = Store.CreateImage(Draft);
        foreach (var part in bytes.Chunk(piece))
        {
            await incoming.WriteAsync(part, Token);
        }

        var kept = await incoming.CompleteAsync();

        (await File.ReadAllBytesAsync(Store.GetAbsolutePath(kept.File)!, Token)).ShouldBe(bytes);
        kept.File.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public async Task Names_the_file_by_what_it_is()
    {
        var kept = await StoreAsync(TinyImages.Gif);

        kept.File.Format.ShouldBe(ImageFormat.Gif);
        kept.File.Path.ShouldEndWith(".gif");
    }

    [Fact]
    public async Task Shows_whose_it_is_while_it_arrives_and_leaves_nothing_when_given_up()
    {
        var incoming = Store.CreateImage(Draft);
        await incoming.WriteAsync(TinyImages.Png(2, 3), Token);
        _temp.Files.ShouldBe(["2026-05-04/.job_abc-1.part"]);

        await incoming.DisposeAsync();

        _temp.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Does_not_stumble_over_what_a_crash_left()
    {
        Directory.CreateDirectory(Path.Combine(_temp.Path, "2026-05-04"));
        await File.WriteAllTextAsync(Path.Combine(_temp.Path, "2026-05-04", ".job_abc-1.part"), "left", Token);

        var kept = await StoreAsync(TinyImages.Png(2, 3));

        _temp.Files.ShouldBe(["2026-05-04/.job_abc-1.part", kept.File.Path], ignoreOrder: true);
    }

    [Fact]
    public async Task Keeps_images_of_the_same_second_and_title_apart()
    {
        var kept = await Task.WhenAll(Enumerable.Range(1, 20).Select(number => StoreAsync(TinyImages.Png(2, 3), Draft with { Number = number })));

        _temp.Files.ShouldBe(kept.Select(image => image.File.Path), ignoreOrder: true);
        kept.Select(image => image.File.Path).ShouldBeUnique();
    }

    [Fact]
    public async Task Gives_an_image_the_id_that_its_job_and_number_say()
    {
        var kept = await StoreAsync(TinyImages.Png(2, 3));
        var second = await StoreAsync(TinyImages.Png(2, 3), Draft with { Number = 2 });
        var finished = await StoreAsync(TinyImages.Png(2, 3), Draft with { Finished = true });

        kept.Id.ShouldBe(IdGenerator.CreateImageId("job_abc", 1, finished: false));
        string[] ids = [kept.Id, second.Id, finished.Id];
        ids.ShouldBeUnique();
    }

    [Fact]
    public async Task Names_the_finished_image_like_the_kept_one_however_late_it_is_made()
    {
        var kept = await StoreAsync(TinyImages.Png(2, 3));
        var later = new FileImageStore(Options(_temp.Path), new FakeTimeProvider(Noon.GetUtcNow().AddDays(3)), NullLogger<FileImageStore>.Instance);
        await using var incoming = later.CreateImage(Draft with { Finished = true, DerivedFromPath = kept.File.Path });
        await incoming.WriteAsync(TinyImages.Png(4, 4), Token);
        _temp.Files.ShouldContain("2026-05-04/.job_abc-1-finished.part");

        var finished = await incoming.CompleteAsync();

        finished.File.Path.ShouldBe($"2026-05-04/120009-a-red-fox-{finished.Id["img_".Length..]}.png");
    }

    [Fact]
    public async Task Leaves_one_file_of_an_image_that_is_finished_again_in_another_format()
    {
        var kept = await StoreAsync(TinyImages.Png(2, 3));
        var draft = Draft with { Finished = true, DerivedFromPath = kept.File.Path };
        await StoreAsync(TinyImages.Png(4, 4), draft);
        await StoreAsync(TinyImages.Png(5, 5), draft);

        var finished = await StoreAsync(TinyImages.Gif, draft);

        _temp.Files.ShouldBe([kept.File.Path, finished.File.Path], ignoreOrder: true);
        finished.File.Path.ShouldEndWith(".gif");
    }

    [Fact]
    public async Task Never_loses_paid_bytes_to_others_of_the_same_image()
    {
        var first = await StoreAsync(TinyImages.Png(2, 3));
        (await StoreAsync(TinyImages.Png(2, 3))).ShouldBe(first);
        _temp.Files.ShouldBe([first.File.Path]);

        var second = await StoreAsync(TinyImages.Png(4, 4));

        second.File.Path.ShouldBe(first.File.Path);
        var aside = _temp.Files.Except([second.File.Path]).ShouldHaveSingleItem();
        aside.ShouldEndWith(".earlier");
        (await File.ReadAllBytesAsync(Path.Combine(_temp.Path, aside), Token)).ShouldBe(TinyImages.Png(2, 3));
    }

    [Fact]
    public async Task Puts_paid_bytes_aside_that_are_no_image()
    {
        var failure = await Should.ThrowAsync<ImageException>(() => StoreAsync("<html>Bad gateway</html>"u8.ToArray()));

        var aside = _temp.Files.ShouldHaveSingleItem();
        aside.ShouldMatch($"^2026-05-04/120009-{IdGenerator.Pattern}\\.damaged$");
        failure.Failure.Code.ShouldBe(FailureCode.UnreadableImage);
        failure.Failure.Billed.ShouldBe(Billing.Yes);
        failure.Message.ShouldContain(Path.Combine(_temp.Path, aside));
    }

    [Fact]
    public async Task Says_so_when_no_byte_came()
    {
        await using var incoming = Store.CreateImage(Draft);

        var failure = await Should.ThrowAsync<ImageException>(incoming.CompleteAsync);

        failure.Failure.Code.ShouldBe(FailureCode.UnreadableImage);
        Directory.Exists(_temp.Path).ShouldBeFalse();
    }

    [Fact]
    public async Task Does_not_pass_off_an_image_with_a_hole_as_whole()
    {
        await using var incoming = Store.CreateImage(Draft);
        await incoming.WriteAsync(TinyImages.Png(2, 3), Token);
        await Should.ThrowAsync<OperationCanceledException>(() => incoming.WriteAsync(new byte[100_000], new CancellationToken(true)).AsTask());
        await Should.ThrowAsync<InvalidOperationException>(() => incoming.WriteAsync(new byte[10], Token).AsTask());

        await Should.ThrowAsync<InvalidOperationException>(incoming.CompleteAsync);
    }

    [Theory]
    [InlineData("../secret.png")]
    [InlineData("2026-05-04/../../secret.png")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a\0b")]
    public void Refuses_a_path_that_leaves_the_root(string path)
    {
        var file = TestImageRecords.Create("").File with { Path = path };

        Should.Throw<ImageException>(() => Store.Open(file)).Failure.Code.ShouldBe(FailureCode.NotAllowed);
        Should.Throw<ImageException>(() => Store.OpenRead(file)).Failure.Code.ShouldBe(FailureCode.NotAllowed);
        Should.Throw<ImageException>(() => Store.GetAbsolutePath(file)).Failure.Code.ShouldBe(FailureCode.NotAllowed);
    }

    [Fact]
    public void Does_not_take_a_neighbour_whose_name_begins_alike_for_the_root()
    {
        var file = TestImageRecords.Create("").File with { Path = $"../{Path.GetFileName(_temp.Path)}-2/a.png" };

        Should.Throw<ImageException>(() => Store.GetAbsolutePath(file));
    }

    [Fact]
    public async Task Opens_what_it_kept()
    {
        var bytes = TinyImages.Png(2, 3);
        var kept = await StoreAsync(bytes);
        var read = new MemoryStream();

        await using (var stream = Store.OpenRead(kept.File))
        {
            await stream.CopyToAsync(read, Token);
        }

        read.ToArray().ShouldBe(bytes);
        ImageHeader.Read(Store.Open(kept.File)).Size.ShouldBe(new Dimensions(2, 3));
    }

    [Fact]
    public void Says_when_a_file_is_gone() =>
        Should.Throw<ImageException>(() => Store.OpenRead(TestImageRecords.Create("").File)).Failure.Code.ShouldBe(FailureCode.NotFound);

    [Fact]
    public async Task Writes_the_record_beside_its_image_for_people_and_for_recovery()
    {
        var kept = await StoreAsync(TinyImages.Png(2, 3));
        var record = TestImageRecords.Create("Ein „schöner“ <Fuchs> 🦊\nim \"Schnee\"") with { Id = kept.Id, File = kept.File };

        await Store.WriteRecordAsync(record, Token);

        var path = Path.ChangeExtension(kept.File.Path, "json");
        _temp.Files.ShouldBe([kept.File.Path, path], ignoreOrder: true);
        var json = await File.ReadAllTextAsync(Path.Combine(_temp.Path, path), Token);
        json.ShouldContain("\n  \"job_id\": ");
        json.ShouldContain("\"size\": \"2x3\"");
        json.ShouldContain("„schöner“ <Fuchs>");
        JsonSerializer.Deserialize(json, ImageRecordJsonContext.Readable.ImageRecord).ShouldBe(record);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static StorageOptions Options(string root) => new() { Root = root, CatalogFolder = root };

    private async Task<StoredImage> StoreAsync(byte[] bytes, ImageDraft? draft = null)
    {
        await using var incoming = Store.CreateImage(draft ?? Draft);
        await incoming.WriteAsync(bytes, Token);
        return await incoming.CompleteAsync();
    }
}
