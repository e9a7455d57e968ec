using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Matting.Verification;

namespace GptImage2.Generation.Storage;

/// <summary>An image in the store, and how it was made. Written next to the file, so that the catalog can be rebuilt.</summary>
public sealed record ImageRecord
{
    /// <summary>img_ and letters that are derived from the job, the number and whether it was finished.</summary>
    public required string Id { get; init; }

    public required string Owner { get; init; }

    public required string JobId { get; init; }

    /// <summary>Which of the job's images this is, from 1.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The service's image this one was made from, where it is not the service's own bytes.</summary>
    public string? DerivedFrom { get; init; }

    /// <summary>Whether this is what the caller receives; images that were post-processed into another are not listed.</summary>
    public required bool Delivered { get; init; }

    public required StoredFile File { get; init; }

    public required string Prompt { get; init; }

    /// <summary>The prompt the service got, where the server added to it.</summary>
    public string? PromptAsSent { get; init; }

    /// <summary>The images that were sent with the prompt, in order.</summary>
    public IReadOnlyList<RecordedInput>? Inputs { get; init; }

    /// <summary>What an edit of a part changed; null for anything else.</summary>
    public RegionReport? Region { get; init; }

    /// <summary>Share of pixels that are transparent, 0 to 1, measured on the file; null where no transparency was requested.</summary>
    public double? SeeThrough { get; init; }

    /// <summary>What the cut-out is taken for, and what of it is in doubt; null where nothing was cut out, and in older records.</summary>
    public CutoutReport? Cutout { get; init; }

    public required string Tool { get; init; }

    public required string Backend { get; init; }

    public required string Model { get; init; }

    public required string Quality { get; init; }

    /// <summary>The record as readable JSON, the same as in the file next to the image.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ImageRecordJsonContext.Readable.ImageRecord);
}

/// <summary>An image that was used to make another.</summary>
/// <param name="Image">The id of one of ours, or null.</param>
/// <param name="Sha256">Of its bytes, lower-case hexadecimal.</param>
/// <param name="Name">The file's name, without a folder, where it was a file of the caller; else null.</param>
/// <param name="Cast">The entry of the cast that it is from, as in "Mira/winter"; null where the caller has given it.</param>
/// <param name="CastVersion">The version of that entry; null where there is none, and in older records.</param>
public sealed record RecordedInput(string Role, string? Image, string Sha256, string? Name = null, string? Cast = null, int? CastVersion = null);

/// <summary>Shares, 0 to 1, as measured on the delivered pixels.</summary>
/// <param name="Coverage">Pixels that may change, of the image.</param>
/// <param name="ChangedInside">Pixels that did, of those.</param>
/// <param name="ChangedOutside">Pixels that did, of all others.</param>
/// <param name="Colours">How the model's colours were matched to the image's; null where that was not wanted, and in older records.</param>
public sealed record RegionReport(double Coverage, double ChangedInside, double ChangedOutside, ColourMatch? Colours = null);

/// <summary>A file of the store, or of the place where an image went because the store was not writable. It never changes.</summary>
/// <param name="Path">Relative to the store's root, with forward slashes; outside the store absolute; in memory no path at all.</param>
/// <param name="Size">In pixels, width before height, as a viewer shows it (upright).</param>
/// <param name="HasAlpha">Whether there is an alpha channel, not whether any pixel uses it.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Sha256">Of the file's bytes, lower-case hexadecimal.</param>
public sealed record StoredFile(string Path, ImageFormat Format, Dimensions Size, bool HasAlpha, long Bytes, string Sha256)
{
    /// <summary>The prefix of the path of an image that is only in memory.</summary>
    internal const string InMemory = "memory:";

    [JsonIgnore]
    public StorageLocation Location => Path.StartsWith(InMemory, StringComparison.Ordinal) ? StorageLocation.Memory
        : System.IO.Path.IsPathRooted(Path) ? StorageLocation.Temporary
        : StorageLocation.Store;
}
