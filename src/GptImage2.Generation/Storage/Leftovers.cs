using GptImage2.Generation.Failures;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage;

/// <summary>
/// Finds what a process that ended without warning left of its pictures, and makes of it what can be made: whole files get
/// their names, broken ones go. Doing it again changes nothing. The caller sees to it that the jobs' process has really ended.
/// </summary>
public sealed partial class Leftovers(StorageOptions options, IImageStore store, TimeProvider time, ILogger<Leftovers> logger)
{
    /// <summary>Nobody knows the prompt.</summary>
    private const string Recovered = "(recovered)";

    /// <summary>No job lasts that long.</summary>
    private static readonly TimeSpan Old = TimeSpan.FromHours(24);

    private static readonly HashSet<string> Pictures = [.. Enum.GetValues<ImageFormat>().Select(format => "." + format.Extension)];

    private readonly StoreFolder _folder = new(options.Root);
    private readonly TemporaryFolders _temporary = new(options);
    private readonly RecordReader _records = new(options, logger);

    /// <summary>What there is of a job, from picture 1 to the last that was ordered or has come.</summary>
    /// <param name="title">Words for the names of adopted files; the prompt will do.</param>
    public IReadOnlyList<LeftPicture> Of(string jobId, DateTimeOffset started, int count, string title)
    {
        PictureFolder[] folders = [_folder.Day(FileNames.DayOf(started)), _folder.Day(FileNames.DayOf(started.AddDays(1))), .. _temporary.All()];
        LeftFile[] left = [.. folders.SelectMany(LeftFile.In).Where(file => file.JobId == jobId)];
        foreach (var file in left)
        {
            Try(file, () => Settle(file, folders, title));
        }

        var named = Named(folders);
        return [.. Enumerable.Range(1, Math.Max(count, left.Select(file => file.Number).DefaultIfEmpty(0).Max()))
            .Select(number => new LeftPicture(number, Find(named, jobId, number, finished: false), Find(named, jobId, number, finished: true)))];
    }

    /// <summary>Whole pictures that have waited for a day and belong to no known job become the user's own; broken ones of that age go.</summary>
    /// <param name="known">Jobs whose files are not to be touched: those that run, and those that are still to be repaired.</param>
    /// <returns>The records of what was adopted; they lie beside the pictures, and belong into the catalog.</returns>
    public async Task<IReadOnlyList<ImageRecord>> AdoptStrangersAsync(IReadOnlySet<string> known, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        var adopted = new List<ImageRecord>();
        foreach (var folder in _records.Days().Concat(_temporary.All()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var file in LeftFile.In(folder).Where(file => !known.Contains(file.JobId) && time.GetUtcNow() - file.Written > Old))
            {
                var written = file.Written;
                Try(file, () => adopted.AddRange(Settle(file, [folder], Recovered) is { } kept ? [Stranger(file, written, kept)] : []));
            }
        }

        foreach (var record in adopted)
        {
            await store.WriteRecordAsync(record, cancellationToken);
        }

        return adopted;
    }

    /// <summary>Pictures that earlier processes had to put into the temporary folder, and that a full catalog may not know.</summary>
    public IReadOnlyList<ImageRecord> Elsewhere() => [.. _temporary.All().SelectMany(_records.Read)];

    /// <returns>The picture if it was whole and is new.</returns>
    private KeptImage? Settle(LeftFile file, PictureFolder[] folders, string title)
    {
        if (file.Finished || !EndMarker.IsWhole(file.Path))
        {
            File.Delete(file.Path);
            return null;
        }

        var names = new FileNames(new ImageDraft(file.JobId, file.Number, title), file.Written);
        var sha256 = ArrivedFile.HashOf(file.Path);
        if (!Named(folders).TryGetValue(names.Id, out var twin))
        {
            return new KeptImage(names.Id, new ArrivedFile(file.Folder, names, file.Path, logger).Keep(file.Bytes, sha256));
        }

        // Somebody was stopped between giving it its name and taking the other away; or they differ, and both are paid for.
        if (ArrivedFile.HashOf(twin.Folder.At(twin.Name)) == sha256)
        {
            File.Delete(file.Path);
        }
        else
        {
            File.Move(file.Path, file.Folder.At(names.Earlier(sha256)), overwrite: true);
        }

        return null;
    }

    /// <summary>Every picture of the folders, by the id in its name.</summary>
    private static Dictionary<string, (PictureFolder Folder, string Name)> Named(IEnumerable<PictureFolder> folders)
    {
        var named = new Dictionary<string, (PictureFolder, string)>(StringComparer.Ordinal);
        foreach (var folder in folders.Where(folder => Directory.Exists(folder.Absolute)))
        {
            foreach (var name in Directory.EnumerateFiles(folder.Absolute).Select(path => Path.GetFileName(path)))
            {
                if (!name.StartsWith('.') && Pictures.Contains(Path.GetExtension(name)) && FileNames.IdOf(name) is { } id)
                {
                    named.TryAdd(id, (folder, name));
                }
            }
        }

        return named;
    }

    private SafePicture? Find(Dictionary<string, (PictureFolder Folder, string Name)> named, string jobId, int number, bool finished)
    {
        var id = Id.ForImage(jobId, number, finished);
        if (!named.TryGetValue(id, out var found))
        {
            return null;
        }

        var path = found.Folder.At(found.Name);
        try
        {
            var length = new FileInfo(path).Length;
            return _records.Read(found.Folder, Path.ChangeExtension(path, "json")) is { } record && record.Id == id && record.File.Bytes == length
                ? new SafePicture(new KeptImage(id, record.File), record)
                : new SafePicture(new KeptImage(id, Describe(found.Folder, found.Name, length)), null);
        }
        catch (Exception exception) when (StoreFailures.IsForeseen(exception) || exception is UnreadableImageException or ImagingUnavailableException)
        {
            LogLeft(exception, id);
            return null;
        }
    }

    private static StoredFile Describe(PictureFolder folder, string name, long length)
    {
        var header = ImageHeader.Read(EncodedImage.FromFile(folder.At(name)));
        return new StoredFile(folder.Stored(name), header.Format, header.Size, header.HasAlpha, length, ArrivedFile.HashOf(folder.At(name)));
    }

    private static ImageRecord Stranger(LeftFile file, DateTimeOffset written, KeptImage kept) => new()
    {
        Id = kept.Id,
        Owner = Caller.Local.Owner,
        JobId = file.JobId,
        Number = file.Number,
        Created = written,
        Delivered = true,
        File = kept.File,
        Prompt = Recovered,
        Tool = "unknown",
        Backend = "unknown",
        Model = "unknown",
        Quality = "unknown",
    };

    /// <summary>What cannot be settled now is left for another time, and holds up nothing.</summary>
    private void Try(LeftFile file, Action settle)
    {
        try
        {
            settle();
        }
        catch (Exception exception) when (exception is ImageException || StoreFailures.IsForeseen(exception))
        {
            LogLeft(exception, Id.ForImage(file.JobId, file.Number, file.Finished));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was left of {Id} could not be recovered")]
    private partial void LogLeft(Exception exception, string id);
}
