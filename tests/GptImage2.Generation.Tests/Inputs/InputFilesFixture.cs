using System.Diagnostics;
using GptImage2.Generation.Cast;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using GptImage2.Generation.Storage.Local.Sqlite;
using GptImage2.Testing.Rendering;
using Microsoft.Extensions.Logging.Abstractions;

namespace GptImage2.Generation.Tests.Inputs;

/// <summary>A working folder that may be read, a secret folder beside it that may not, and a finder over both.</summary>
public sealed class InputFilesFixture : IDisposable
{
    private readonly string _root = RealPath.Resolve(Directory.CreateTempSubdirectory("ground-").FullName)!;
    private readonly FileImageStore _store;
    private readonly SqliteImageCatalog _catalog;

    public InputFilesFixture()
    {
        foreach (var folder in (string[])[Work, Secret, Storage.Inbox, GetPath("work-private")])
        {
            Directory.CreateDirectory(folder);
        }

        File.WriteAllBytes(Path.Combine(Secret, "secret.png"), TinyImages.Png(3, 2));
        File.WriteAllBytes(GetPath("work-private/secret.png"), TinyImages.Png(3, 2));
        File.WriteAllBytes(Path.Combine(Work, "fox.png"), TinyImages.Png(5, 4));
        File.WriteAllBytes(Path.Combine(Storage.Inbox, "owl.gif"), TinyImages.Gif);
        _store = new FileImageStore(Storage, TimeProvider.System, NullLogger<FileImageStore>.Instance);
        _catalog = new SqliteImageCatalog(Storage, NullLogger<SqliteImageCatalog>.Instance);
        Roots = new LocalRoots { Readable = [Work], Writable = [], WorkingFolder = Work };
        Finder = new ImageArgumentResolver(
            _store,
            _catalog,
            new CastStore(Storage, new CastOptions(), TimeProvider.System, NullLogger<CastStore>.Instance),
            Storage,
            new LocalFileAccess(Storage, Roots),
            new SharedFiles(Roots, Storage),
            new ImageFinder(_catalog, new CopyHistory(new SqliteJobStore(_catalog)), Roots, new SharedFiles(Roots, Storage), Storage),
            Internet);
    }

    public string Work => GetPath("work");

    public string Secret => GetPath("secret");

    internal StorageOptions Storage => new() { Root = GetPath("store"), CatalogFolder = GetPath("catalog") };

    internal LocalRoots Roots { get; }

    internal FakeRemoteImageFetcher Internet { get; } = new();

    internal ImageArgumentResolver Finder { get; }

    /// <summary>Puts an image of one pixel into the store.</summary>
    internal async Task<ImageRecord> StoreAsync(string owner = "local")
    {
        await using var image = _store.CreateImage(new ImageDraft("job_a", 1, "a fox"));
        await image.WriteAsync(TinyImages.Gif, TestContext.Current.CancellationToken);
        var kept = await image.CompleteAsync();
        var record = TestImageRecords.Create("a fox", owner) with { Id = kept.Id, File = kept.File };
        await _catalog.AddAsync(record, TestContext.Current.CancellationToken);
        return record;
    }

    /// <summary>A text with {work}, {secret} and {inbox} in it, filled in.</summary>
    public string ExpandPlaceholders(string text) => text.Replace("{work}", Work).Replace("{secret}", Secret).Replace("{inbox}", Storage.Inbox);

    internal Task<ResolvedImage> FindAsync(string text, Caller? caller = null) =>
        Finder.ResolveAsync(caller ?? Caller.Local, "references[2].image", ExpandPlaceholders(text), TestContext.Current.CancellationToken);

    /// <summary>Finds the image and reads all of it.</summary>
    internal async Task<Failure> RefusalAsync(string text, Caller? caller = null) => (await Should.ThrowAsync<ImageException>(async () =>
    {
        using var found = await FindAsync(text, caller);
        found.ReadHeader();
    })).Failure;

    public string GetPath(string path) => Path.Combine(_root, path);

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
