using System.Text.Json;
using GptImage2.Imaging;

namespace GptImage2.Generation.Storage;

/// <summary>A picture that lies whole in the store, and how it was made. Written beside the file, so that the catalog can be rebuilt.</summary>
public sealed record ImageRecord
{
    /// <summary>img_ and random letters.</summary>
    public required string Id { get; init; }

    public required string Owner { get; init; }

    public required string JobId { get; init; }

    /// <summary>Which of the job's pictures this is, from 1.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The kept picture this one was finished from, where it is not the vendor's own bytes.</summary>
    public string? DerivedFrom { get; init; }

    /// <summary>Whether this is what the caller receives; kept pictures that were finished into another are not listed.</summary>
    public required bool Delivered { get; init; }

    public required StoredFile File { get; init; }

    public required string Prompt { get; init; }

    public required string Tool { get; init; }

    public required string Backend { get; init; }

    public required string Model { get; init; }

    public required string Quality { get; init; }

    /// <summary>The record as JSON that a person can read, the same as in the file beside the picture.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, StorageJson.Readable.ImageRecord);
}

/// <summary>A file of the store.</summary>
/// <param name="Path">Relative to the store's root, with forward slashes.</param>
/// <param name="Size">In pixels, width before height.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Sha256">Of the file's bytes, lower-case hexadecimal.</param>
public sealed record StoredFile(string Path, ImageFormat Format, Dimensions Size, bool HasAlpha, long Bytes, string Sha256);
