namespace GptImage2.Generation.Storage.Local;

/// <summary>Reads the records next to the images, from which a lost catalog is rebuilt.</summary>
internal sealed partial class ImageRecordReader(StorageOptions options, ILogger logger)
{
    private readonly StoreRoot _root = new(options.Root);

    /// <summary>
    /// Every record whose image is still there, oldest first. An image is looked for next to its record, whatever the record
    /// says; a record that cannot be read is logged and left out.
    /// </summary>
    public IEnumerable<ImageRecord> ReadAll() =>
        ListDayFolders().Concat(ListUploadFolder()).Concat(new TemporaryFolders(options).ListFolders()).SelectMany(ReadFolder);

    /// <summary>The records of one folder, by name.</summary>
    public IEnumerable<ImageRecord> ReadFolder(ImageFolder folder) =>
        Directory.EnumerateFiles(folder.Absolute, "*.json", new EnumerationOptions { IgnoreInaccessible = true })
            .Order(StringComparer.Ordinal)
            .Select(path => ReadFile(folder, path))
            .OfType<ImageRecord>();

    /// <returns>The record, or null where there is none, or none that can be read.</returns>
    public ImageRecord? ReadFile(ImageFolder folder, string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            using var file = File.OpenRead(path);
            var record = JsonSerializer.Deserialize(file, ImageRecordJsonContext.Readable.ImageRecord);
            var image = record is null ? "" : Path.ChangeExtension(path, Path.GetExtension(record.File.Path));
            return record is not null && image != path && File.Exists(image)
                ? record with { File = record.File with { Path = folder.GetStoredPath(Path.GetFileName(image)) } }
                : null;
        }
        catch (Exception exception) when (exception is JsonException || StorageErrors.IsStorageException(exception))
        {
            LogSkipped(exception, path);
            return null;
        }
    }

    /// <summary>The days of the store, oldest first. Other folders below the root, such as the inbox, are the user's own.</summary>
    public IEnumerable<ImageFolder> ListDayFolders() => Directory.Exists(_root.Root)
        ? Directory.EnumerateDirectories(_root.Root)
            .Select(path => Path.GetFileName(path))
            .Where(name => DateOnly.TryParseExact(name, "yyyy-MM-dd", out _))
            .Order(StringComparer.Ordinal)
            .Select(_root.GetDayFolder)
        : [];

    /// <summary>Only uploads that a job was made from have records.</summary>
    private IEnumerable<ImageFolder> ListUploadFolder() => _root.GetDayFolder(UploadFolder.Name) is var folder && Directory.Exists(folder.Absolute) ? [folder] : [];

    [LoggerMessage(Level = LogLevel.Warning, Message = "A record cannot be read and is left out: {Path}")]
    private partial void LogSkipped(Exception exception, string path);
}
