using GptImage2.Generation.Storage;
using GptImage2.Generation.Storage.Local;

namespace GptImage2.Generation.Uploads;

/// <summary>Removes uploads that no job was made from in an hour, and what a process left that died at one. Any number of processes may do so.</summary>
public sealed partial class UploadSweep(StorageOptions storage, IUploadCatalog catalog, TimeProvider clock, ILogger<UploadSweep> logger)
{
    /// <summary>Some file systems round times: a file without a row is given a little longer than its row would have had.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    private readonly StoreRoot _root = new(storage.Root);

    /// <summary>Best effort: what cannot be removed now is left for the next time, and fails no upload.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(_root.GetAbsolutePath(UploadFolder.Name));
        if (!folder.Exists)
        {
            return;
        }

        var since = clock.GetUtcNow() - UploadLimits.Lifetime;
        try
        {
            foreach (var upload in await catalog.RemoveWaitingAsync(since, cancellationToken))
            {
                File.Delete(_root.GetAbsolutePath(upload.File.Path));
            }

            // The rows come first: an old file that has no record by now has no row either.
            var old = (since - Slack).UtcDateTime;
            foreach (var file in folder.EnumerateFiles().Where(file => file.LastWriteTimeUtc < old && !File.Exists(Path.ChangeExtension(file.FullName, "json"))))
            {
                file.Delete();
            }
        }
        catch (Exception exception) when (exception is ImageException || StorageErrors.IsStorageException(exception))
        {
            LogLeft(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old uploads could not be removed")]
    private partial void LogLeft(Exception exception);
}
