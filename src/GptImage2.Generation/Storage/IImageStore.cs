using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Storage;

/// <summary>Stores images. The only place that knows where.</summary>
public interface IImageStore
{
    /// <summary>Absolute path of the folder that holds everything.</summary>
    string Root { get; }

    /// <summary>Opens the place of an image that is about to arrive.</summary>
    /// <param name="onStored">Awaited once it is stored.</param>
    IncomingImage CreateImage(ImageDraft draft, Func<StoredImage, Task>? onStored = null);

    /// <summary>Writes the record next to its image; that of an image in memory is not written.</summary>
    Task WriteRecordAsync(ImageRecord record, CancellationToken cancellationToken);

    /// <summary>The image for the imaging layer, not read yet.</summary>
    /// <exception cref="ImageException">The file is gone.</exception>
    EncodedImage Open(StoredFile file);

    Stream OpenRead(StoredFile file);

    /// <summary>Where the file is on this machine, or null for an image that is in this process alone.</summary>
    string? GetAbsolutePath(StoredFile file);

    /// <summary>Why the image is not in the store, in a sentence or two with what to do; null where it is, or an earlier process put it elsewhere.</summary>
    string? GetRelocationReason(StoredFile file);
}

/// <summary>What is known of an image before its first byte: enough for its file's name and its id.</summary>
/// <param name="Number">Which of the job's images, from 1.</param>
/// <param name="Title">Words for the file's name, such as the prompt.</param>
public sealed record ImageDraft(string JobId, int Number, string Title)
{
    /// <summary>Whether post-processing makes it from the service's image of that number, and so can make it again.</summary>
    public bool Finished { get; init; }

    /// <summary>The path of the service's image: the finished one is put next to it under a similar name, however late it is made.</summary>
    public string? DerivedFromPath { get; init; }

    public string Id => IdGenerator.CreateImageId(JobId, Number, Finished);
}
