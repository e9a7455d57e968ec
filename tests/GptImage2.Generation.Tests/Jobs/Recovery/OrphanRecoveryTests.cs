using GptImage2.Generation.Jobs.Recovery;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GptImage2.Generation.Tests.Jobs.Recovery;

public sealed class OrphanRecoveryTests : IDisposable
{
    private const string Job = "job_abc";
    private const string Day = "2026-05-04";

    private static readonly DateTimeOffset Started = new(2026, 5, 4, 23, 59, 50, TimeSpan.Zero);
    private static readonly byte[] ImageBytes = TinyImages.Png(2, 3);

    private readonly TempFolder _temp = new();

    private string Root => Path.Combine(_temp.Path, "store");

    private string Temporary => Path.Combine(_temp.Path, "temporary");

    private StorageOptions Options => new() { Root = Root, CatalogFolder = Root, Temporary = Temporary };

    private FileImageStore Store => new(Options, new FakeTimeProvider(Started), NullLogger<FileImageStore>.Instance);

    private OrphanRecovery Leftovers => new(Options, Store, new FakeTimeProvider(Started.AddDays(2)), NullLogger<OrphanRecovery>.Instance);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Nothing_was_left_of_what_never_came()
    {
        Recover(count: 2).ShouldBe([new RecoveredImage(1, null, null), new RecoveredImage(2, null, null)]);
        Directory.Exists(Root).ShouldBeFalse();
    }

    [Theory]
    [InlineData(".job_abc-1.part", Day)]
    [InlineData(".job_abc-1-3.part", Day)]
    [InlineData(".job_abc-1.part", "2026-05-05")]
    public void A_whole_image_gets_its_name_and_keeps_it(string name, string day)
    {
        WritePartialFile(name, ImageBytes, day);

        var kept = Recover().ShouldHaveSingleItem().Original!;

        kept.Record.ShouldBeNull();
        kept.Image.Id.ShouldBe(IdGenerator.CreateImageId(Job, 1, finished: false));
        kept.Image.File.Path.ShouldMatch($"^{day}/\\d{{6}}-a-red-fox-{kept.Image.Id["img_".Length..]}\\.png$");
        (kept.Image.File.Bytes, kept.Image.File.Sha256).ShouldBe((ImageBytes.Length, Convert.ToHexStringLower(SHA256.HashData(ImageBytes))));
        _temp.Files.ShouldBe([$"store/{kept.Image.File.Path}"]);
        Recover().ShouldBe([new RecoveredImage(1, kept, null)], "doing it again changes nothing");
    }

    [Fact]
    public void What_is_cut_off_goes_and_so_does_what_finishing_can_write_again()
    {
        WritePartialFile(".job_abc-1.part", ImageBytes[..^1]);
        WritePartialFile(".job_abc-2-finished.part", ImageBytes);

        Recover(count: 1).ShouldBe([new RecoveredImage(1, null, null), new RecoveredImage(2, null, null)]);
        _temp.Files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Images_with_their_names_are_found_with_their_records()
    {
        var kept = await StoreAsync(1);
        var finished = await StoreAsync(1, kept.Image.File.Path);
        var bare = await StoreAsync(3, recorded: false);

        Recover(count: 3).ShouldBe([new RecoveredImage(1, kept, finished), new RecoveredImage(2, null, null), new RecoveredImage(3, bare, null)]);
    }

    [Fact]
    public async Task A_record_of_other_bytes_is_not_believed()
    {
        var kept = await StoreAsync(1);
        await File.WriteAllBytesAsync(Path.Combine(Root, kept.Image.File.Path), TinyImages.Png(9, 9), Token);

        var found = Recover()[0].Original!;

        found.Record.ShouldBeNull();
        found.Image.File.Size.ShouldBe(new(9, 9));
        found.Image.File.Sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(TinyImages.Png(9, 9))));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(5, 1)]
    public async Task A_second_copy_of_a_kept_image_goes_unless_it_differs(int width, int aside)
    {
        var kept = await StoreAsync(1);
        WritePartialFile(".job_abc-1-2.part", TinyImages.Png(width, 3));

        Recover().ShouldBe([new RecoveredImage(1, kept, null)]);
        Recover().ShouldBe([new RecoveredImage(1, kept, null)]);
        _temp.Files.Count(file => file.EndsWith(".earlier", StringComparison.Ordinal)).ShouldBe(aside);
        _temp.Files.ShouldNotContain(file => file.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_of_other_jobs_and_of_people_are_left_alone()
    {
        foreach (var name in (string[])[".job_abcd-1.part", ".job_ab-1.part", ".job_abc-x.part", "job_abc-1.part", ".job_abc-1.part.txt", ".120000-a-fox.json.part"])
        {
            WritePartialFile(name, [1]);
        }

        Recover();

        _temp.Files.Length.ShouldBe(6);
    }

    [Fact]
    public async Task What_went_to_the_temporary_folder_is_found_there()
    {
        Directory.CreateDirectory(Temporary);
        await File.WriteAllTextAsync(Root, "a file where the root should be", Token);
        var kept = await StoreAsync(1);
        var cut = Store.CreateImage(new ImageDraft(Job, 2, "a red fox"));
        await cut.WriteAsync(new byte[100_000], Token);
        File.Delete(Root);

        Leftovers.ReadTemporaryRecords().ShouldBe([kept.Record!]);
        Recover(count: 2).ShouldBe([new RecoveredImage(1, kept, null), new RecoveredImage(2, null, null)]);
        new ImageRecordReader(Options, NullLogger.Instance).ReadAll().ShouldBe([kept.Record!]);
        Directory.GetFiles(Temporary, "*.part", SearchOption.AllDirectories).ShouldBeEmpty();
        await cut.DisposeAsync();
    }

    [Fact]
    public async Task Whole_strangers_become_the_users_own_after_a_day_and_broken_ones_go()
    {
        WritePartialFile(".job_whole-1.part", ImageBytes, age: 25);
        WritePartialFile(".job_broken-1.part", ImageBytes[..^1], age: 25);
        WritePartialFile(".job_finishing-1-finished.part", ImageBytes, age: 25);
        WritePartialFile(".job_young-1.part", ImageBytes, age: 23);
        WritePartialFile(".job_alive-1.part", ImageBytes[..^1], age: 25);

        var record = (await Leftovers.AdoptUnknownAsync(new HashSet<string> { "job_alive" }, FindOwner, Token)).ShouldHaveSingleItem();

        (record.Id, record.JobId, record.Prompt, record.Owner, record.Delivered).ShouldBe((IdGenerator.CreateImageId("job_whole", 1, finished: false), "job_whole", "(recovered)", "local", true));
        _temp.Files.ShouldBe(
            [$"store/{Day}/.job_young-1.part", $"store/{Day}/.job_alive-1.part", $"store/{record.File.Path}", $"store/{Path.ChangeExtension(record.File.Path, "json")}"],
            ignoreOrder: true);
        new ImageRecordReader(Options, NullLogger.Instance).ReadAll().ShouldBe([record]);
        (await Leftovers.AdoptUnknownAsync(new HashSet<string> { "job_alive" }, FindOwner, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_image_of_a_job_that_is_known_goes_to_its_owner()
    {
        WritePartialFile(".job_annas-1.part", ImageBytes, age: 25);

        var record = (await Leftovers.AdoptUnknownAsync(new HashSet<string>(), FindOwner, Token)).ShouldHaveSingleItem();

        (record.JobId, record.Owner).ShouldBe(("job_annas", "token:anna"));
    }

    public void Dispose() => _temp.Dispose();

    private static Task<string?> FindOwner(string job) => Task.FromResult(job is "job_annas" ? "token:anna" : null);

    private IReadOnlyList<RecoveredImage> Recover(int count = 1) => Leftovers.Recover(Job, Started, count, "A red fox");

    /// <param name="age">In hours, by the clock of the one who looks.</param>
    private void WritePartialFile(string name, byte[] bytes, string day = Day, int age = 0)
    {
        var path = Path.Combine(Root, day, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, Started.AddDays(2).AddHours(-age).UtcDateTime);
    }

    private async Task<RecoveredFile> StoreAsync(int number, string? from = null, bool recorded = true)
    {
        var store = Store;
        await using var incoming = store.CreateImage(new ImageDraft(Job, number, "a red fox") { Finished = from is not null, DerivedFromPath = from });
        await incoming.WriteAsync(ImageBytes, Token);
        var kept = await incoming.CompleteAsync();
        var record = TestImageRecords.Create("a red fox") with { Id = kept.Id, JobId = Job, Number = number, File = kept.File };
        if (recorded)
        {
            await store.WriteRecordAsync(record, Token);
        }

        return new RecoveredFile(kept, recorded ? record : null);
    }
}
