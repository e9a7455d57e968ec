namespace GptImage2.Imaging.Boards;

/// <summary>What is on a board.</summary>
/// <param name="Sizes">Of the images in pixels, in reading order.</param>
public sealed record BoardContent(IReadOnlyList<Dimensions> Sizes)
{
    /// <summary>More would be too small to judge.</summary>
    public const int MaxImages = 24;

    /// <summary>Under the images, in their order; images without one come after the last, or have a blank one.</summary>
    public IReadOnlyList<string> Captions { get; init; } = [];

    /// <summary>Images in a row; null for as many as look well.</summary>
    public int? Columns { get; init; }

    /// <summary>On top; null or blank for none.</summary>
    public string? Title { get; init; }

    /// <summary>Null for an image without one.</summary>
    internal string? GetCaption(int index) => Captions.ElementAtOrDefault(index) is { } caption && !string.IsNullOrWhiteSpace(caption) ? caption : null;

    internal bool HasTitle => !string.IsNullOrWhiteSpace(Title);

    internal bool HasCaptions => Captions.Any(caption => !string.IsNullOrWhiteSpace(caption));
}
