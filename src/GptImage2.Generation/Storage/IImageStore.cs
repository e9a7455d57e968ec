using GptImage2.Generation.Errors;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Storage;

/// <summary>Keeps pictures as files, or wherever else they survive. The only place that knows where.</summary>
public interface IImageStore
{
    /// <summary>Absolute path of the folder that holds everything.</summary>
    string Root { get; }

    /// <summary>Opens a place for a picture that is about to arrive.</summary>
    IncomingImage CreateImage(ImageDraft draft);

    /// <summary>Writes the record beside its picture; beside one in memory there is no place.</summary>
    Task WriteRecordAsync(ImageRecord record, CancellationToken cancellationToken);

    /// <summary>The picture for the imaging layer, not read yet.</summary>
    /// <exception cref="ImageException">The file is gone.</exception>
    EncodedImage Open(StoredFile file);

    /// <summary>The file's bytes.</summary>
    Stream OpenRead(StoredFile file);

    /// <summary>Where the file lies on this machine, or null for a picture that is in this process alone.</summary>
    string? GetAbsolutePath(StoredFile file);

    /// <summary>Why the picture went elsewhere, in a sentence or two with what to do; null where it lies in the store, or an earlier process put it there.</summary>
    string? GetRelocationReason(StoredFile file);
}

/// <summary>What is known of a picture before its first byte: enough to name its file, and to give it its id.</summary>
/// <param name="Number">Which of the job's pictures, from 1.</param>
/// <param name="Title">Words for the file's name; the prompt will do.</param>
public sealed record ImageDraft(string JobId, int Number, string Title)
{
    /// <summary>Whether it is made from the kept picture of that number, and so can be made again.</summary>
    public bool Finished { get; init; }

    /// <summary>The path of that kept picture: the finished one lies beside it under a name like its, however late it is made.</summary>
    public string? DerivedFromPath { get; init; }

    public string Id => IdGenerator.CreateImageId(JobId, Number, Finished);
}
