using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage.Local;

/// <summary>Reads the records beside the pictures, from which a lost catalog is rebuilt.</summary>
internal sealed partial class ImageRecordReader(StorageOptions options, ILogger logger)
{
    private readonly StoreRoot _folder = new(options.Root);

    /// <summary>
    /// Every record whose picture is still there, oldest first. A picture is taken to lie beside its record, whatever the
    /// record says; a record that cannot be read is logged and left out.
    /// </summary>
    public IEnumerable<ImageRecord> Read() => ListDayFolders().Concat(new TemporaryFolders(options).ListFolders()).SelectMany(Read);

    /// <summary>The records of one folder, by name.</summary>
    public IEnumerable<ImageRecord> Read(ImageFolder folder) =>
        Directory.EnumerateFiles(folder.Absolute, "*.json", new EnumerationOptions { IgnoreInaccessible = true })
            .Order(StringComparer.Ordinal)
            .Select(path => Read(folder, path))
            .OfType<ImageRecord>();

    /// <returns>The record, or null where there is none, or none that can be read.</returns>
    public ImageRecord? Read(ImageFolder folder, string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            using var file = File.OpenRead(path);
            var record = JsonSerializer.Deserialize(file, ImageRecordJsonContext.Readable.ImageRecord);
            var picture = record is null ? "" : Path.ChangeExtension(path, Path.GetExtension(record.File.Path));
            return record is not null && picture != path && File.Exists(picture)
                ? record with { File = record.File with { Path = folder.GetStoredPath(Path.GetFileName(picture)) } }
                : null;
        }
        catch (Exception exception) when (exception is JsonException || StorageErrors.IsStorageException(exception))
        {
            LogSkipped(exception, path);
            return null;
        }
    }

    /// <summary>The days of the store, oldest first. Other folders below the root, such as the inbox, are the user's own.</summary>
    public IEnumerable<ImageFolder> ListDayFolders() => Directory.Exists(_folder.Root)
        ? Directory.EnumerateDirectories(_folder.Root)
            .Select(path => Path.GetFileName(path))
            .Where(name => DateOnly.TryParseExact(name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            .Order(StringComparer.Ordinal)
            .Select(_folder.GetDayFolder)
        : [];

    [LoggerMessage(Level = LogLevel.Warning, Message = "A record cannot be read and is left out: {Path}")]
    private partial void LogSkipped(Exception exception, string path);
}
