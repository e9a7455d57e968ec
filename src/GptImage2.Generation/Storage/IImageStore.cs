using GptImage2.Imaging;

namespace GptImage2.Generation.Storage;

/// <summary>Keeps pictures as files. The only place that knows where.</summary>
public interface IImageStore
{
    /// <summary>Absolute path of the folder that holds everything.</summary>
    string Root { get; }

    /// <summary>Opens a place for a picture that is about to arrive.</summary>
    IncomingImage Create(ImageDraft draft);

    /// <summary>Writes the record beside its picture.</summary>
    Task WriteRecordAsync(ImageRecord record, CancellationToken cancellationToken);

    /// <summary>The picture for the imaging layer, not read yet.</summary>
    /// <exception cref="Failures.ImageException">The file is gone.</exception>
    EncodedImage Open(StoredFile file);

    /// <summary>The file's bytes.</summary>
    Stream OpenRead(StoredFile file);

    /// <summary>Where the file lies on this machine.</summary>
    string AbsolutePath(StoredFile file);
}

/// <summary>What is known of a picture before its first byte: enough to name its file.</summary>
/// <param name="Number">Which of the job's pictures, from 1.</param>
/// <param name="Title">Words for the file's name; the prompt will do.</param>
public sealed record ImageDraft(string JobId, int Number, string Title);
