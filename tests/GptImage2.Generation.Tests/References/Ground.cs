using System.Diagnostics;
using GptImage2.Generation.Failures;
using GptImage2.Generation.References;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Generation.Tests.References;

/// <summary>A working folder that may be read, a secret folder beside it that may not, and a finder over both.</summary>
public sealed class Ground : IDisposable
{
    private readonly string _root = RealPath.Of(Directory.CreateTempSubdirectory("ground-").FullName)!;
    private readonly FileImageStore _store;
    private readonly SqliteCatalog _catalog;

    public Ground()
    {
        foreach (var folder in (string[])[Work, Secret, Storage.Inbox, At("work-private")])
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllBytes(Path.Combine(Secret, "secret.png"), TinyPictures.Png(3, 2));
        File.WriteAllBytes(At("work-private/secret.png"), TinyPictures.Png(3, 2));
        File.WriteAllBytes(Path.Combine(Work, "fox.png"), TinyPictures.Png(5, 4));
        File.WriteAllBytes(Path.Combine(Storage.Inbox, "owl.gif"), TinyPictures.Gif);
        _store = new FileImageStore(Storage, TimeProvider.System, NullLogger<FileImageStore>.Instance);
        _catalog = new SqliteCatalog(Storage, NullLogger<SqliteCatalog>.Instance);
        Roots = new LocalRoots { Readable = [Work], Writable = [], WorkingFolder = Work };
        Finder = new ImageFinder(
            _store,
            _catalog,
            Storage,
            new LocalPictures(Storage, Roots),
            Internet);
    }

    public string Work => At("work");

    public string Secret => At("secret");

    internal StorageOptions Storage => new() { Root = At("store"), CatalogFolder = At("catalog") };

    internal LocalRoots Roots { get; }

    internal SilentInternet Internet { get; } = new();

    internal ImageFinder Finder { get; }

    /// <summary>Puts a picture of one pixel into the store.</summary>
    internal async Task<ImageRecord> StoreAsync(string owner = "local")
    {
        await using var image = _store.Create(new ImageDraft("job_a", 1, "a fox"));
        await image.WriteAsync(TinyPictures.Gif, TestContext.Current.CancellationToken);
        var kept = await image.CompleteAsync();
        var record = Records.Of("a fox", owner) with { Id = kept.Id, File = kept.File };
        await _catalog.AddAsync(record, TestContext.Current.CancellationToken);
        return record;
    }

    /// <summary>A text with {work}, {secret} and {inbox} in it, filled in.</summary>
    public string Fill(string text) => text.Replace("{work}", Work).Replace("{secret}", Secret).Replace("{inbox}", Storage.Inbox);

    internal Task<FoundImage> FindAsync(string text, Caller? caller = null) =>
        Finder.FindAsync(caller ?? Caller.Local, "references[2].image", Fill(text), TestContext.Current.CancellationToken);

    /// <summary>Finds the picture and reads all of it.</summary>
    internal async Task<Failure> RefusalAsync(string text, Caller? caller = null) => (await Should.ThrowAsync<ImageException>(async () =>
    {
        using var found = await FindAsync(text, caller);
        found.ReadHeader();
    })).Failure;

    public string At(string path) => Path.Combine(_root, path);

    internal static void MakePipe(string path)
    {
        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
    }

    public void Dispose()
    {
        _catalog.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Directory.Delete(_root, recursive: true);
    }
}
