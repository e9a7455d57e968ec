namespace GptImage2.Generation.Requests;

/// <summary>An image that goes with a request, as the caller names it.</summary>
public sealed record Reference
{
    /// <summary>An id, a path, file://, https:// or data:, as written.</summary>
    public required string Image { get; init; }

    public ReferenceRole Role { get; init; } = ReferenceRole.Object;

    /// <summary>What else the prompt should say of it, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Send every pixel, even those the service scales away.</summary>
    public bool FullSize { get; init; }

    /// <summary>The entry of the cast that it is from, as in "Mira/winter"; null where the caller has given it.</summary>
    public string? Cast { get; init; }

    /// <summary>The version of that entry; null where there is none, and in jobs of earlier versions of this program.</summary>
    public int? CastVersion { get; init; }

    /// <summary>The size in pixels of an image that is not there yet, or was looked at already: it counts for the prompt and the price, and is not opened. Null for any other.</summary>
    [JsonIgnore]
    public Dimensions? KnownSize { get; init; }

    /// <summary>Where it stands among the arguments, for error texts: "references[0].image".</summary>
    public required string Argument { get; init; }
}
