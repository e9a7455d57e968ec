using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>A panel of a board as a model writes it.</summary>
internal sealed record PanelArguments(string? Action, string? Shot, string? Camera, string? Dialogue, string? Caption, double? Duration, string? Size)
{
    private static readonly string[] DeliveryNames = ["format", "compression", "save_to", "overwrite", "view", "dry_run", "fresh"];

    /// <summary>Of panels that have no size.</summary>
    public const string DefaultPreset = "landscape";

    public PanelWords ToWords() => new()
    {
        Action = Action ?? "",
        Shot = NullIfBlank(Shot),
        Camera = NullIfBlank(Camera),
        Dialogue = NullIfBlank(Dialogue),
        Caption = NullIfBlank(Caption),
        Duration = Duration,
        Size = NullIfBlank(Size),
    };

    /// <param name="described">Whether to say what each is; once is enough for a model that reads all tools.</param>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> CreateProperties(bool described) => new Dictionary<string, JsonNode?>
    {
        ["action"] = SchemaBuilder.Typed("string", described ? "What it shows." : null),
        ["shot"] = SchemaBuilder.Typed("string", described ? "ECU, CU, MS, FS, WS, OTS, POV or words." : null),
        ["camera"] = SchemaBuilder.Typed("string"),
        ["dialogue"] = SchemaBuilder.Typed("string", described ? "Below the picture, like caption; not drawn." : null),
        ["caption"] = SchemaBuilder.Typed("string"),
        ["duration"] = SchemaBuilder.Typed("number", described ? "Seconds." : null),
        ["size"] = SchemaBuilder.Typed("string", described ? "Own preset or WIDTHxHEIGHT." : null),
    };

    /// <summary>How the picture of the board is delivered.</summary>
    /// <param name="shared">What all drawing tools have, without descriptions.</param>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> CreateDeliveryProperties(JsonObject shared) =>
        DeliveryNames.Select(name => KeyValuePair.Create(name, shared[name]?.DeepClone()));

    public static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A panel to change, or a new one, as a model writes it.</summary>
internal sealed record PanelEditArguments(
    int? Panel, int? After, string? Action, string? Shot, string? Camera, string? Dialogue, string? Caption, double? Duration, string? Size, int? Version, bool? Redraw)
{
    /// <param name="argument">Where it stands among the arguments.</param>
    public PanelEdit ToEdit(string argument) => new()
    {
        Panel = Panel,
        After = After,
        Action = Action,
        Shot = Shot,
        Camera = Camera,
        Dialogue = Dialogue,
        Caption = Caption,
        Duration = Duration,
        Size = Size,
        Version = Version,
        Redraw = Redraw,
        Argument = argument,
    };
}
