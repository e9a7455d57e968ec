using System.Diagnostics;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Storage.Local;

/// <summary>
/// Images as files, one folder a day, with readable names. Nothing is created before the first image. Where the root is not
/// writable they go to the temporary folder, and where that is not writable they stay in memory.
/// </summary>
public sealed class FileImageStore(StorageOptions options, TimeProvider time, ILogger<FileImageStore> logger) : IImageStore
{
    private const int BufferSize = 64 << 10;

    private readonly StoreRoot _root = new(options.Root);
    private readonly TemporaryFolders _temporary = new(options);
    private readonly InMemoryImages _memory = new();
    private readonly ConcurrentDictionary<string, string> _relocationReasons = new(StringComparer.Ordinal);

    public string Root => _root.Root;

    public IncomingImage CreateImage(ImageDraft draft, Func<StoredImage, Task>? onStored = null) =>
        new SpooledIncomingImage(this, new ImageFileNaming(draft, time.GetUtcNow()), logger) { OnStored = onStored };

    public async Task WriteRecordAsync(ImageRecord record, CancellationToken cancellationToken)
    {
        if (GetAbsolutePath(record.File) is not { } image)
        {
            return;
        }

        var path = Path.ChangeExtension(image, "json");
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.part");
        try
        {
            await using (var file = File.Create(temporary))
            {
                await JsonSerializer.SerializeAsync(file, record, ImageRecordJsonContext.Readable.ImageRecord, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            throw StorageErrors.RecordNotWritten(exception, path);
        }
    }

    public EncodedImage Open(StoredFile file)
    {
        if (GetAbsolutePath(file) is not { } path)
        {
            return EncodedImage.FromMemory(_memory.Find(file.Path));
        }

        return File.Exists(path) ? EncodedImage.FromFile(path) : throw StorageErrors.FileNotFound(new FileNotFoundException(null, path), file.Path);
    }

    public Stream OpenRead(StoredFile file)
    {
        if (GetAbsolutePath(file) is not { } path)
        {
            return EncodedImage.FromMemory(_memory.Find(file.Path)).OpenRead();
        }

        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = BufferSize,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            throw StorageErrors.FileNotFound(exception, file.Path);
        }
    }

    public string? GetAbsolutePath(StoredFile file) => file.Location switch
    {
        StorageLocation.Store => _root.GetAbsolutePath(file.Path),
        StorageLocation.Temporary => TemporaryFolders.GetAbsolutePath(file.Path),
        _ => null,
    };

    public string? GetRelocationReason(StoredFile file) => _relocationReasons.GetValueOrDefault(file.Path);

    internal void AddRelocationReason(StoredFile file, Exception failure) => _relocationReasons[file.Path] = StorageErrors.DescribeRelocation(failure, Root);

    /// <summary>Opens a place that an image may arrive at.</summary>
    internal SpoolFile OpenSpoolFile(StorageLocation location, ImageFileNaming names) => location switch
    {
        StorageLocation.Store => new DiskSpoolFile(_root.GetDayFolder(names.DayFolder), names, logger),
        StorageLocation.Temporary => OpenTemporary(names),
        StorageLocation.Memory => new MemorySpoolFile(_memory, names),
        _ => throw new UnreachableException(),
    };

    private DiskSpoolFile OpenTemporary(ImageFileNaming names)
    {
        var folder = _temporary.CreateFolder();
        try
        {
            return new DiskSpoolFile(folder, names, logger);
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            folder.DeleteIfTemporary();
            throw;
        }
    }
}
