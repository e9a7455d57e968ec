using GptImage2.Generation.Json;

namespace GptImage2.Mcp.Apps.Actions;

/// <summary>The arguments of studio_action. Which an action needs, the tool checks.</summary>
/// <param name="X">Left edge of a part, in pixels of the upright image; the other three likewise.</param>
/// <param name="Edge">The longest edge of what is answered, in pixels; null for real pixels.</param>
internal sealed record StudioActionArguments(
    StudioAction Action,
    string? Image,
    IReadOnlyList<string>? Images,
    int? X,
    int? Y,
    int? Width,
    int? Height,
    int? Edge,
    string? Query,
    string? Cursor,
    int? Limit,
    bool? Favourites,
    bool? On,
    string? Mask,
    string? Job,
    string? Board)
{
    /// <summary>Whether an argument was given.</summary>
    public bool Has(string name) => name switch
    {
        "image" => Image is not null,
        "images" => Images is not null,
        "x" => X is not null,
        "y" => Y is not null,
        "width" => Width is not null,
        "height" => Height is not null,
        "on" => On is not null,
        "mask" => Mask is not null,
        "job" => Job is not null,
        "board" => Board is not null,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No action needs it."),
    };
}

/// <summary>What a page asks for.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<StudioAction>))]
internal enum StudioAction
{
    /// <summary>What an image is, and a preview.</summary>
    Open,

    /// <summary>Some of its real pixels.</summary>
    Part,
    Thumbs,
    List,
    Favourite,

    /// <summary>Puts a mask where a call of the model's can name it.</summary>
    KeepMask,
    Jobs,
    Job,
    Cancel,
    Board,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StudioActionArguments))]
internal sealed partial class AppsJsonContext : JsonSerializerContext;
