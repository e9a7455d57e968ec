namespace GptImage2.Generation.Models;

/// <summary>A size with a name. Every preset is legal for every profile.</summary>
public sealed record SizePreset(string Name, Dimensions Size)
{
    public static SizePreset Square { get; } = new("square", new(1024, 1024));

    public static IReadOnlyList<SizePreset> All { get; } =
    [
        Square,
        new("square_large", new(2048, 2048)),
        new("portrait", new(1024, 1536)),
        new("landscape", new(1536, 1024)),
        new("wide_hd", new(2048, 1152)),
        new("tall_hd", new(1152, 2048)),
        new("wide_4k", new(3840, 2160)),
        new("tall_4k", new(2160, 3840)),
    ];
}
