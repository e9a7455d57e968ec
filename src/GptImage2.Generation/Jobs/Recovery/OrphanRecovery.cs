using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Jobs.Recovery;

/// <summary>
/// Finds the files that a process left when it ended without warning: whole images get their final names, truncated ones are
/// deleted. Doing it again changes nothing. The caller makes sure that the jobs' process has really ended.
/// </summary>
public sealed partial class OrphanRecovery(StorageOptions options, IImageStore store, TimeProvider time, ILogger<OrphanRecovery> logger)
{
    private const string RecoveredPrompt = "(recovered)";

    /// <summary>Longer than any job lasts.</summary>
    private static readonly TimeSpan MinAge = TimeSpan.FromHours(24);

    private static readonly HashSet<string> ImageExtensions = [.. Enum.GetValues<ImageFormat>().Select(format => "." + format.Extension)];

    private readonly StoreRoot _root = new(options.Root);
    private readonly TemporaryFolders _temporary = new(options);
    private readonly ImageRecordReader _records = new(options, logger);

    /// <summary>The images of a job, from number 1 to the last that was requested or has arrived.</summary>
    /// <param name="title">Words for the names of adopted files, such as the prompt.</param>
    public IReadOnlyList<RecoveredImage> Recover(string jobId, DateTimeOffset started, int count, string title)
    {
        ImageFolder[] folders = [GetDayFolder(started), GetDayFolder(started.AddDays(1)), .. _temporary.ListFolders()];
        PartialFile[] left = [.. folders.SelectMany(PartialFile.ListIn).Where(file => file.JobId == jobId)];
        foreach (var file in left)
        {
            TryRecover(file, () => Adopt(file, folders, title));
        }

        var named = IndexById(folders);
        return [.. Enumerable.Range(1, Math.Max(count, left.Select(file => file.Number).DefaultIfEmpty(0).Max()))
            .Select(number => new RecoveredImage(number, FindRecovered(named, jobId, number, finished: false), FindRecovered(named, jobId, number, finished: true)))];

        ImageFolder GetDayFolder(DateTimeOffset day) => _root.GetDayFolder(ImageFileNaming.GetDayFolder(day));
    }

    /// <summary>
    /// Whole images that are a day old and that no job is at work on become their job's owner's, or where nothing is known of that
    /// job the local user's; truncated ones of that age are deleted.
    /// </summary>
    /// <param name="known">Jobs whose files must not be touched: those that run, and those that are still to be recovered.</param>
    /// <param name="findOwner">The owner of a job by its id, or null.</param>
    /// <returns>The records of what was adopted; they are next to the images, and belong into the catalog.</returns>
    public async Task<IReadOnlyList<ImageRecord>> AdoptUnknownAsync(
        IReadOnlySet<string> known, Func<string, Task<string?>> findOwner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(findOwner);
        var adopted = new List<ImageRecord>();
        foreach (var folder in _records.ListDayFolders().Concat(_temporary.ListFolders()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var file in PartialFile.ListIn(folder).Where(file => !known.Contains(file.JobId) && time.GetUtcNow() - file.Written > MinAge))
            {
                var (written, owner) = (file.Written, await findOwner(file.JobId) ?? Caller.Local.Owner);
                TryRecover(file, () => adopted.AddRange(Adopt(file, [folder], RecoveredPrompt) is { } image ? [CreateRecord(file, owner, written, image)] : []));
            }
        }

        foreach (var record in adopted)
        {
            await store.WriteRecordAsync(record, cancellationToken);
        }

        return adopted;
    }

    /// <summary>Images that earlier processes had to put into the temporary folder, and that may be missing from the catalog.</summary>
    public IReadOnlyList<ImageRecord> ReadTemporaryRecords() => [.. _temporary.ListFolders().SelectMany(_records.ReadFolder)];

    /// <returns>The image if it is whole and new.</returns>
    private StoredImage? Adopt(PartialFile file, ImageFolder[] folders, string title)
    {
        if (file.Finished || !TruncationDetector.IsComplete(file.Path))
        {
            File.Delete(file.Path);
            return null;
        }

        var names = new ImageFileNaming(new ImageDraft(file.JobId, file.Number, title), file.Written);
        var sha256 = FileCommitter.ComputeHash(file.Path);
        if (!IndexById(folders).TryGetValue(names.Id, out var duplicate))
        {
            return new StoredImage(names.Id, new FileCommitter(file.Folder, names, file.Path, logger).Commit(new FileInfo(file.Path).Length, sha256));
        }

        // A process was stopped between naming it and removing the temporary file; or they differ, and both are paid for.
        if (FileCommitter.ComputeHash(duplicate.Folder.GetPath(duplicate.Name)) == sha256)
        {
            File.Delete(file.Path);
        }
        else
        {
            File.Move(file.Path, file.Folder.GetPath(names.SupersededName(sha256)), overwrite: true);
        }

        return null;
    }

    /// <summary>Every image of the folders, by the id in its name.</summary>
    private static Dictionary<string, (ImageFolder Folder, string Name)> IndexById(IEnumerable<ImageFolder> folders) => folders
        .Where(folder => Directory.Exists(folder.Absolute))
        .SelectMany(folder => Directory.EnumerateFiles(folder.Absolute).Select(path => (Folder: folder, Name: Path.GetFileName(path))))
        .Where(file => file.Name[0] is not '.' && ImageExtensions.Contains(Path.GetExtension(file.Name)))
        .Select(file => (Id: ImageFileNaming.ParseId(file.Name), File: file))
        .Where(file => file.Id is not null)
        .DistinctBy(file => file.Id)
        .ToDictionary(file => file.Id!, file => file.File, StringComparer.Ordinal);

    private RecoveredFile? FindRecovered(Dictionary<string, (ImageFolder Folder, string Name)> named, string jobId, int number, bool finished)
    {
        var id = IdGenerator.CreateImageId(jobId, number, finished);
        if (!named.TryGetValue(id, out var found))
        {
            return null;
        }

        var path = found.Folder.GetPath(found.Name);
        try
        {
            var length = new FileInfo(path).Length;
            return _records.ReadFile(found.Folder, Path.ChangeExtension(path, "json")) is { } record && record.Id == id && record.File.Bytes == length
                ? new RecoveredFile(new StoredImage(id, record.File), record)
                : new RecoveredFile(new StoredImage(id, Describe(found.Folder, found.Name, length)), null);
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception) || exception is UnreadableImageException or ImagingUnavailableException)
        {
            LogLeft(exception, id);
            return null;
        }
    }

    private static StoredFile Describe(ImageFolder folder, string name, long length)
    {
        var header = ImageHeader.Read(EncodedImage.FromFile(folder.GetPath(name)));
        return new StoredFile(folder.GetStoredPath(name), header.Format, header.Size, header.HasAlpha, length, FileCommitter.ComputeHash(folder.GetPath(name)));
    }

    private static ImageRecord CreateRecord(PartialFile file, string owner, DateTimeOffset written, StoredImage image) => new()
    {
        Id = image.Id,
        Owner = owner,
        JobId = file.JobId,
        Number = file.Number,
        Created = written,
        Delivered = true,
        File = image.File,
        Prompt = RecoveredPrompt,
        Tool = "unknown",
        Backend = "unknown",
        Model = "unknown",
        Quality = "unknown",
    };

    /// <summary>What cannot be recovered now is left for the next start, and holds up nothing.</summary>
    private void TryRecover(PartialFile file, Action recover)
    {
        try
        {
            recover();
        }
        catch (Exception exception) when (exception is ImageException || StorageErrors.IsStorageException(exception))
        {
            LogLeft(exception, IdGenerator.CreateImageId(file.JobId, file.Number, file.Finished));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was left of {Id} could not be recovered")]
    private partial void LogLeft(Exception exception, string id);
}
