using System.Text.Json;
using GptImage2.Imaging.Codecs;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage.Local;

/// <summary>
/// Pictures as files, one folder a day, with names that a person can read. Nothing is made before the first picture. What the
/// root does not take goes to the temporary folder, and what that does not take stays in memory.
/// </summary>
public sealed class FileImageStore : IImageStore
{
    private const int BufferSize = 64 << 10;

    private readonly StoreRoot _folder;
    private readonly InMemoryImages _memory = new();
    private readonly Spool _landings;
    private readonly TimeProvider _time;
    private readonly ILogger<FileImageStore> _logger;

    public FileImageStore(StorageOptions options, TimeProvider time, ILogger<FileImageStore> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_time, _logger) = (time, logger);
        _folder = new StoreRoot(options.Root);
        _landings = new Spool(_folder, new TemporaryFolders(options), _memory, logger);
    }

    public string Root => _folder.Root;

    public IncomingImage CreateImage(ImageDraft draft) => new SpooledIncomingImage(_landings, new ImageFileNaming(draft, _time.GetUtcNow()), _logger);

    public async Task WriteRecordAsync(ImageRecord record, CancellationToken cancellationToken)
    {
        if (GetAbsolutePath(record.File) is not { } picture)
        {
            return;
        }

        var path = Path.ChangeExtension(picture, "json");
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
        StorageLocation.Store => _folder.GetAbsolutePath(file.Path),
        StorageLocation.Temporary => TemporaryFolders.GetAbsolutePath(file.Path),
        _ => null,
    };

    public string? GetRelocationReason(StoredFile file) => _landings.GetRelocationReason(file);
}
