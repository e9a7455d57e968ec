using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Cast.Definition;

/// <summary>What is to be different about an entry; what is null stays as it is.</summary>
public sealed record CastChange
{
    public required string Name { get; init; }

    /// <summary>A new entry without one is a character.</summary>
    public CastKind? Kind { get; init; }

    /// <summary>Blank for none.</summary>
    public string? Traits { get; init; }

    /// <summary>All there are from now on.</summary>
    public IReadOnlyList<CastImageChange>? Images { get; init; }

    /// <summary>Those that are new, different, or to be taken away.</summary>
    public IReadOnlyList<CastVariantChange> Variants { get; init; } = [];

    /// <summary>Whether it changes nothing.</summary>
    public bool IsEmpty => this is { Kind: null, Traits: null, Images: null, Variants: [] };
}

/// <inheritdoc cref="CastChange"/>
public sealed record CastVariantChange(string Name, string? Traits, IReadOnlyList<CastImageChange>? Images, bool Remove = false);

/// <summary>An image that an entry is to have.</summary>
/// <param name="Argument">Where it stands among the arguments, for error texts.</param>
/// <param name="Role">Null for what fits the entry's kind.</param>
public sealed record CastImageChange(string Argument, string Image, ReferenceRole? Role, string? MustKeep, string? MustAvoid);
