namespace GptImage2.Generation.Storage;

/// <summary>Knows the further copies of images that were written for a caller.</summary>
public interface ICopyHistory
{
    /// <summary>
    /// The copies of the owner's recent jobs, newest first, each path once: it belongs to the newest image that was copied to it.
    /// Some may have been moved or deleted since.
    /// </summary>
    Task<IReadOnlyList<ImageCopy>> ListAsync(string owner, CancellationToken cancellationToken);
}

/// <summary>A copy of a stored image.</summary>
/// <param name="Path">Absolute, without links.</param>
public sealed record ImageCopy(string ImageId, string Path);
