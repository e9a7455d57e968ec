using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GptImage2.Generation.Tests.Storage.Local;

public sealed class InputStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _root = new();
    private readonly byte[] _png = TinyImages.Png(5, 4, alpha: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_an_image_under_its_hash_with_what_its_header_says()
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(_png));

        var input = await Inputs().StoreAsync(EncodedImage.FromMemory(_png), Cancellation);

        input.ShouldBe(new StoredFile($".inputs/{sha256}.png", ImageFormat.Png, new Dimensions(5, 4), HasAlpha: true, _png.Length, sha256));
        _root.Files.ShouldBe([input.Path]);
        File.ReadAllBytes(GetPath(input.Path)).ShouldBe(_png);
        ImageHeader.Read(Inputs().Open(input)).Size.ShouldBe(input.Size);
    }

    [Fact]
    public async Task Keeps_the_same_image_once_and_for_longer()
    {
        var first = await Inputs().StoreAsync(EncodedImage.FromMemory(_png), Cancellation);
        File.SetLastWriteTimeUtc(GetPath(first.Path), Now.UtcDateTime.AddHours(-20));

        (await Inputs().StoreAsync(EncodedImage.FromMemory(_png), Cancellation)).ShouldBe(first);

        _root.Files.ShouldBe([first.Path]);
        File.GetLastWriteTimeUtc(GetPath(first.Path)).ShouldBe(Now.UtcDateTime);
    }

    [Fact]
    public async Task Mends_a_copy_that_is_not_whole()
    {
        var input = await Inputs().StoreAsync(EncodedImage.FromMemory(_png), Cancellation);
        File.WriteAllBytes(GetPath(input.Path), _png[..20]);

        await Inputs().StoreAsync(EncodedImage.FromMemory(_png), Cancellation);

        File.ReadAllBytes(GetPath(input.Path)).ShouldBe(_png);
    }

    [Fact]
    public async Task Removes_what_is_older_than_a_day_when_the_first_image_comes()
    {
        WriteInput("old.png", age: TimeSpan.FromHours(25));
        WriteInput(".older.part", age: TimeSpan.FromDays(9));
        WriteInput("young.png", age: TimeSpan.FromHours(23));
        var inputs = Inputs();

        var input = await inputs.StoreAsync(EncodedImage.FromMemory(_png), Cancellation);
        WriteInput("late.png", age: TimeSpan.FromHours(25));
        await inputs.StoreAsync(EncodedImage.FromMemory(_png), Cancellation);

        _root.Files.ShouldBe([input.Path, ".inputs/young.png", ".inputs/late.png"], ignoreOrder: true);
    }

    [Fact]
    public async Task Leaves_nothing_behind_of_what_is_no_image_or_is_cancelled()
    {
        await Should.ThrowAsync<UnreadableImageException>(Inputs().StoreAsync(EncodedImage.FromMemory("text"u8.ToArray()), Cancellation));
        await Should.ThrowAsync<OperationCanceledException>(Inputs().StoreAsync(EncodedImage.FromMemory(_png), new CancellationToken(canceled: true)));

        _root.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Says_why_an_image_cannot_be_kept()
    {
        File.WriteAllText(_root.Path, "no folder");

        var failure = (await Should.ThrowAsync<ImageException>(Inputs().StoreAsync(EncodedImage.FromMemory(_png), Cancellation))).Failure;

        failure.Code.ShouldBe(FailureCode.StorageFailed);
        failure.Billed.ShouldBe(Billing.No);
        failure.Message.ShouldContain("Nothing was sent to the service.");
        failure.Message.ShouldContain("GPTIMAGE2_STORAGE__ROOT");
    }

    [Fact]
    public async Task Copies_no_image_that_is_the_stores_own()
    {
        var record = TestImageRecords.Create("a fox");
        using var found = new ResolvedImage("image", EncodedImage.FromMemory(_png), record);

        var input = await found.StoreAsync(Inputs(), Cancellation);

        input.Path.ShouldBe(record.File.Path);
        input.Sha256.ShouldBe(record.File.Sha256);
        _root.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Blames_the_argument_for_what_cannot_be_kept()
    {
        using var found = new ResolvedImage("image", EncodedImage.FromMemory("text"u8.ToArray()), null);

        (await Should.ThrowAsync<ImageException>(found.StoreAsync(Inputs(), Cancellation))).Message.ShouldStartWith("image: expected a PNG");
    }

    [Fact]
    public async Task Tells_that_an_input_is_gone_and_opens_nothing_outside_the_store()
    {
        var input = await Inputs().StoreAsync(EncodedImage.FromMemory(_png), Cancellation);
        File.Delete(GetPath(input.Path));

        Should.Throw<ImageException>(() => Inputs().Open(input)).Failure.Code.ShouldBe(FailureCode.NotFound);
        Should.Throw<ImageException>(() => Inputs().Open(input with { Path = "../elsewhere.png" })).Failure.Code.ShouldBe(FailureCode.NotAllowed);
    }

    [Fact]
    public async Task Inputs_are_no_images_of_the_store()
    {
        var input = await Inputs().StoreAsync(EncodedImage.FromMemory(_png), Cancellation);
        File.WriteAllText(GetPath(Path.ChangeExtension(input.Path, "json")), (TestImageRecords.Create("a fox") with { File = new StoredFile(input.Path, input.Format, input.Size, true, input.Bytes, input.Sha256) }).ToJson());

        new ImageRecordReader(Options(), NullLogger.Instance).ReadAll().ShouldBeEmpty();
    }

    public void Dispose() => _root.Dispose();

    private InputStore Inputs() => new(Options(), new FakeTimeProvider(Now), NullLogger<InputStore>.Instance);

    private StorageOptions Options() => new() { Root = _root.Path, CatalogFolder = _root.Path };

    private void WriteInput(string name, TimeSpan age)
    {
        Directory.CreateDirectory(GetPath(".inputs"));
        File.WriteAllBytes(GetPath($".inputs/{name}"), _png);
        File.SetLastWriteTimeUtc(GetPath($".inputs/{name}"), (Now - age).UtcDateTime);
    }

    private string GetPath(string path) => Path.Combine(_root.Path, path);
}
