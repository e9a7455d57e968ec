using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Cast;

/// <summary>A character, place, prop or style that persists, so that <c>@Name</c> in any prompt means it.</summary>
public sealed record CastEntry
{
    /// <summary>As it is written, and found in whatever case.</summary>
    public required string Name { get; init; }

    public required CastKind Kind { get; init; }

    /// <summary>Counts its changes, from 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset Changed { get; init; }

    /// <summary>What must always hold, in words that every prompt repeats; null where its images say it all.</summary>
    public string? Traits { get; init; }

    public IReadOnlyList<CastImage> Images { get; init; } = [];

    /// <summary>The same in another outfit, at another age, in another season.</summary>
    public IReadOnlyList<CastVariant> Variants { get; init; } = [];

    /// <summary>The file that says so; not part of it.</summary>
    [JsonIgnore]
    public string? File { get; init; }

    /// <summary>Every image, those of its variants included.</summary>
    [JsonIgnore]
    public IEnumerable<CastImage> AllImages => [.. Images, .. Variants.SelectMany(variant => variant.Images)];

    /// <summary>By which an entry is known; null where it has traits alone.</summary>
    [JsonIgnore]
    public CastImage? FirstImage => AllImages.FirstOrDefault();

    public CastVariant? FindVariant(string name) => Variants.FirstOrDefault(variant => variant.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>What differs from the entry itself; all else is the same.</summary>
public sealed record CastVariant
{
    public required string Name { get; init; }

    /// <summary>In addition to those of the entry.</summary>
    public string? Traits { get; init; }

    /// <summary>Shown before those of the entry.</summary>
    public IReadOnlyList<CastImage> Images { get; init; } = [];
}

/// <summary>An image of an entry, kept by its content beside the entry's file.</summary>
/// <param name="File">Name of the file, which is the beginning of its SHA-256.</param>
/// <param name="Sha256">Of its bytes, lower-case hexadecimal.</param>
/// <param name="MustKeep">What has to be taken from it, in words; null for whatever its role says.</param>
/// <param name="MustAvoid">What must not be taken from it; null for nothing.</param>
/// <param name="Image">The id of the image of ours that it is a copy of, or null.</param>
public sealed record CastImage(string File, string Sha256, ReferenceRole Role, string? MustKeep = null, string? MustAvoid = null, string? Image = null);
