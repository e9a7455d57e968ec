using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage;

/// <summary>Reads the records beside the pictures, from which a lost catalog is rebuilt.</summary>
internal sealed partial class RecordReader(StorageOptions options, ILogger logger)
{
    private readonly StoreFolder _folder = new(options.Root);

    /// <summary>
    /// Every record whose picture is still there, oldest first. A picture is taken to lie beside its record, whatever the
    /// record says; a record that cannot be read is logged and left out.
    /// </summary>
    public IEnumerable<ImageRecord> Read() => Days().SelectMany(Records).Select(Read).OfType<ImageRecord>();

    /// <summary>Other folders below the root, such as the inbox, are the user's own.</summary>
    private IEnumerable<string> Days() => Directory.Exists(_folder.Root)
        ? Directory.EnumerateDirectories(_folder.Root)
            .Where(path => DateOnly.TryParseExact(Path.GetFileName(path), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            .Order(StringComparer.Ordinal)
        : [];

    private static IEnumerable<string> Records(string day) => Directory.EnumerateFiles(day, "*.json", new EnumerationOptions { IgnoreInaccessible = true }).Order(StringComparer.Ordinal);

    private ImageRecord? Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var record = JsonSerializer.Deserialize(file, StorageJson.Readable.ImageRecord);
            var picture = record is null ? "" : Path.ChangeExtension(path, Path.GetExtension(record.File.Path));
            return record is not null && picture != path && File.Exists(picture)
                ? record with { File = record.File with { Path = Path.GetRelativePath(_folder.Root, picture).Replace('\\', '/') } }
                : null;
        }
        catch (Exception exception) when (exception is JsonException || StoreFailures.IsForeseen(exception))
        {
            LogSkipped(exception, path);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A record cannot be read and is left out: {Path}")]
    private partial void LogSkipped(Exception exception, string path);
}
