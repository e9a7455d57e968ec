using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Uploads;

/// <summary>Records uploads: images that are not listed, and that are waiting until a job is made from them.</summary>
public interface IUploadCatalog
{
    /// <summary>What of an owner is waiting, and was uploaded after a moment.</summary>
    Task<WaitingUploads> CountWaitingAsync(string owner, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Adds an upload that waits, unless too much is waiting already.</summary>
    /// <returns>Whether there was room.</returns>
    Task<bool> TryAddAsync(ImageRecord upload, UploadLimits limits, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>A job is about to be made from it: it waits no longer, and stays. Doing it again changes nothing.</summary>
    /// <returns>Whether it is there; not where it had been waiting since before that moment.</returns>
    Task<bool> KeepAsync(string owner, string id, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Removes what has been waiting since before a moment, of all owners.</summary>
    /// <returns>What was removed; the files are still there.</returns>
    Task<IReadOnlyList<ImageRecord>> RemoveWaitingAsync(DateTimeOffset since, CancellationToken cancellationToken);
}

/// <summary>How much of one owner waits.</summary>
/// <param name="Bytes">Of all their files.</param>
public sealed record WaitingUploads(int Count, long Bytes);
