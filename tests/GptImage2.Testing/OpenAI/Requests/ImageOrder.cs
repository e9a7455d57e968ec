using GptImage2.Imaging;

namespace GptImage2.Testing.OpenAI.Requests;

/// <summary>A request the vendor would accept, with its defaults filled in.</summary>
public sealed record ImageOrder
{
    public required string Model { get; init; }

    public required string Prompt { get; init; }

    /// <summary>How many images.</summary>
    public required int Count { get; init; }

    /// <summary>What will be drawn: the size asked for, or the vendor's own choice for auto.</summary>
    public required Dimensions Size { get; init; }

    public required string Quality { get; init; }

    public required string Background { get; init; }

    public required string Format { get; init; }

    public int? Compression { get; init; }

    public required bool Stream { get; init; }

    public required int PartialImages { get; init; }

    /// <summary>The images to edit, in order; none when words alone were sent.</summary>
    public IReadOnlyList<ReceivedImage> Images { get; init; } = [];

    /// <summary>Where image 1 is to change: there it is transparent.</summary>
    public ReceivedImage? Mask { get; init; }
}
