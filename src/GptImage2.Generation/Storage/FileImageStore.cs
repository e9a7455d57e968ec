using System.Text.Json;
using GptImage2.Imaging;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage;

/// <summary>Pictures as files, one folder a day, with names that a person can read. Nothing is made before the first picture.</summary>
public sealed class FileImageStore(StorageOptions options, TimeProvider time, ILogger<FileImageStore> logger) : IImageStore
{
    private const int BufferSize = 64 << 10;

    private readonly StoreFolder _folder = new(options.Root);

    public string Root => _folder.Root;

    public IncomingImage Create(ImageDraft draft) => new IncomingFile(_folder, new FileNames(draft, time.GetUtcNow()), logger);

    public async Task WriteRecordAsync(ImageRecord record, CancellationToken cancellationToken)
    {
        var path = _folder.Absolute(Path.ChangeExtension(record.File.Path, "json"));
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.part");
        try
        {
            await using (var file = File.Create(temporary))
            {
                await JsonSerializer.SerializeAsync(file, record, StorageJson.Readable.ImageRecord, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (StoreFailures.IsForeseen(exception))
        {
            throw StoreFailures.RecordNotWritten(exception, path);
        }
    }

    public EncodedImage Open(StoredFile file)
    {
        var path = _folder.Absolute(file.Path);
        return File.Exists(path) ? EncodedImage.FromFile(path) : throw StoreFailures.Gone(new FileNotFoundException(null, path), file.Path);
    }

    public Stream OpenRead(StoredFile file)
    {
        var path = _folder.Absolute(file.Path);
        try
        {
            return new FileStream(path, new FileStreamOptions
            {
                Share = FileShare.ReadWrite | FileShare.Delete,
                BufferSize = BufferSize,
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
            });
        }
        catch (Exception exception) when (StoreFailures.IsForeseen(exception))
        {
            throw StoreFailures.Gone(exception, file.Path);
        }
    }

    public string AbsolutePath(StoredFile file) => _folder.Absolute(file.Path);
}
