using System.Text.Json;
using System.Text.Json.Serialization;
using GptImage2.Imaging;

namespace GptImage2.Generation.Storage;

/// <summary>A picture that lies whole in the store, and how it was made. Written beside the file, so that the catalog can be rebuilt.</summary>
public sealed record ImageRecord
{
    /// <summary>img_ and letters that follow from the job, the number and whether it was finished.</summary>
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

    /// <summary>The words the service got, where the server added some.</summary>
    public string? PromptAsSent { get; init; }

    /// <summary>The pictures that went with the words, in order.</summary>
    public IReadOnlyList<RecordedInput>? Inputs { get; init; }

    /// <summary>What an edit of a part changed; null for anything else.</summary>
    public RegionReport? Region { get; init; }

    /// <summary>Share of pixels that are see-through, 0 to 1, measured on the file; null where nobody asked for transparency.</summary>
    public double? SeeThrough { get; init; }

    public required string Tool { get; init; }

    public required string Backend { get; init; }

    public required string Model { get; init; }

    public required string Quality { get; init; }

    /// <summary>The record as JSON that a person can read, the same as in the file beside the picture.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ImageRecordJsonContext.Readable.ImageRecord);
}

/// <summary>A picture that went into another.</summary>
/// <param name="Image">The id of one of ours, or null.</param>
/// <param name="Sha256">Of its bytes, lower-case hexadecimal.</param>
public sealed record RecordedInput(string Role, string? Image, string Sha256);

/// <summary>Shares, 0 to 1, as measured on the delivered pixels.</summary>
/// <param name="Coverage">Of the picture, that may change.</param>
/// <param name="ChangedInside">Of those, that did.</param>
/// <param name="ChangedOutside">Of all others, that did.</param>
public sealed record RegionReport(double Coverage, double ChangedInside, double ChangedOutside);

/// <summary>A file of the store, or of the place where a picture went that the store did not take.</summary>
/// <param name="Path">Relative to the store's root, with forward slashes; outside the store absolute; in memory no path at all.</param>
/// <param name="Size">In pixels, width before height.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Sha256">Of the file's bytes, lower-case hexadecimal.</param>
public sealed record StoredFile(string Path, ImageFormat Format, Dimensions Size, bool HasAlpha, long Bytes, string Sha256)
{
    /// <summary>What the path of a picture begins with that no disk took.</summary>
    internal const string InMemory = "memory:";

    [JsonIgnore]
    public StorageLocation Location => Path.StartsWith(InMemory, StringComparison.Ordinal) ? StorageLocation.Memory
        : System.IO.Path.IsPathRooted(Path) ? StorageLocation.Temporary
        : StorageLocation.Store;
}
