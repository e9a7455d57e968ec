using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools;

/// <summary>Draws single panels of a board anew, or moves, adds and removes them; everything else on it stays as it is.</summary>
internal sealed class UpdateStoryboardTool(ImageToolRunner runner, BackendRegistry backends)
    : ImageTool<UpdateStoryboardArguments, StoryboardRequest>(Name, ToolJsonContext.Default.UpdateStoryboardArguments, runner)
{
    private const string Name = "update_storyboard";

    public override Tool GetDefinition() => new()
    {
        Name = Name,
        Title = "Update storyboard",
        Description =
            "Changes a board: named panels are drawn anew and billed; caption, dialogue, duration, version, remove and order are free. " +
            "Numbers are those before the call. board alone draws what is missing. Further arguments: as in generate_image.",
        InputSchema = SchemaBuilder.Object(CreateProperties(), "board").CloseToElement(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    protected override StoryboardRequest CreateRequest(UpdateStoryboardArguments arguments, CallerSession session) => new()
    {
        Caller = session.Caller,
        Tool = Name,
        Board = arguments.Board ?? "",
        ChangeId = IdGenerator.CreateChangeId(),
        Prompt = "Storyboard",
        Size = SizePreset.Square.Size,
        Delivery = arguments.ToDelivery(),
        Change = new StoryboardChange
        {
            Title = arguments.Title,
            Style = arguments.Style,
            Quality = arguments.Quality,
            Panels = [.. (arguments.Panels ?? []).Select((panel, index) => panel.ToEdit($"panels[{index}]"))],
            Remove = arguments.Remove ?? [],
            Order = arguments.Order,
        },
    };

    private JsonObject CreateProperties()
    {
        var shared = ImageToolSchema.CreatePropertiesWithoutDescriptions(backends.Default.Profile);
        return new JsonObject(
        [
            new("board", SchemaBuilder.Text("board_…, or last.")),
            new("panels", SchemaBuilder.List(SchemaBuilder.Object(new JsonObject(
            [
                new("panel", SchemaBuilder.Integer("Its number.")),
                new("after", SchemaBuilder.Integer("Instead: adds one behind this, or 0.")),
                .. PanelArguments.CreateProperties(described: false),
                new("version", SchemaBuilder.Integer("Show this one again.")),
                new("redraw", SchemaBuilder.Typed("boolean")),
            ])))),
            new("remove", SchemaBuilder.List(SchemaBuilder.Integer(null))),
            new("order", SchemaBuilder.List(SchemaBuilder.Integer(null), "All panels that stay.")),
            new("title", SchemaBuilder.Typed("string")),
            new("style", SchemaBuilder.Typed("string")),
            new("quality", shared["quality"]!.DeepClone()),
            .. PanelArguments.CreateDeliveryProperties(shared),
        ]);
    }
}

/// <summary>The arguments of update_storyboard.</summary>
internal sealed record UpdateStoryboardArguments : DeliveryArguments
{
    public string? Board { get; init; }

    public IReadOnlyList<PanelEditArguments>? Panels { get; init; }

    public IReadOnlyList<int>? Remove { get; init; }

    public IReadOnlyList<int>? Order { get; init; }

    public string? Title { get; init; }

    public string? Style { get; init; }

    public ImageQuality? Quality { get; init; }

    /// <summary>How they fit together, the rules about boards say.</summary>
    public override IEnumerable<Violation> Validate(ArgumentValidationResult shape) => [];
}
