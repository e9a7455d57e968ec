using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools;

/// <summary>A board of panels, each drawn by itself, in one call.</summary>
internal sealed class CreateStoryboardTool(ImageToolRunner runner, BackendRegistry backends, TimeProvider clock)
    : ImageTool<CreateStoryboardArguments, StoryboardRequest>(Name, ToolJsonContext.Default.CreateStoryboardArguments, runner)
{
    private const string Name = "create_storyboard";

    public override Tool GetDefinition() => new()
    {
        Name = Name,
        Title = "Create storyboard",
        Description =
            "Draws a board of panels as one job, each by its own prompt and billed alone, in one look: that of the cast (@Name) and references, else of the first panel. " +
            $"Default preset {PanelArguments.DefaultPreset}. dry_run shows every prompt and the price. Further arguments: as in generate_image.",
        InputSchema = SchemaBuilder.Object(CreateProperties(), "panels").CloseToElement(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    protected override StoryboardRequest CreateRequest(CreateStoryboardArguments arguments, CallerSession session) => new()
    {
        Caller = session.Caller,
        Tool = Name,
        Board = IdGenerator.CreateBoardId(),
        ChangeId = IdGenerator.CreateChangeId(),
        Prompt = PanelArguments.NullIfBlank(arguments.Title) ?? "Storyboard",
        // The panels decide it.
        Size = SizePreset.Square.Size,
        Delivery = arguments.ToDelivery(),
        New = new Storyboard
        {
            Id = "",
            Owner = session.Caller.Owner,
            Title = PanelArguments.NullIfBlank(arguments.Title),
            Style = PanelArguments.NullIfBlank(arguments.Style),
            Size = arguments.Preset ?? PanelArguments.DefaultPreset,
            Quality = arguments.Quality ?? ImageQuality.Medium,
            References = ReferenceArguments.ToReferences(arguments.References),
            Panels = [.. (arguments.Panels ?? []).Select((panel, index) => new StoryboardPanel($"p{index + 1}", panel.ToWords()))],
            Changed = clock.GetUtcNow(),
        },
    };

    private JsonObject CreateProperties()
    {
        var shared = ImageToolSchema.CreatePropertiesWithoutDescriptions(backends.Default.Profile);
        return new JsonObject(
        [
            new("title", SchemaBuilder.Typed("string")),
            new("style", SchemaBuilder.Text("Of all panels; or @Name.")),
            new("panels", SchemaBuilder.List(
                SchemaBuilder.Object(new JsonObject(PanelArguments.CreateProperties(described: true)), "action"),
                $"In order, {Storyboard.MinPanels} to {Storyboard.MaxPanels}.")),
            new("preset", shared["preset"]!.DeepClone()),
            new("quality", shared["quality"]!.DeepClone()),
            new("references", ReferenceArguments.CreateSchemaWithoutDescriptions("For all panels.", Math.Max(1, backends.Default.Profile.MaxReferences))),
            .. PanelArguments.CreateDeliveryProperties(shared),
        ]);
    }
}

/// <summary>The arguments of create_storyboard.</summary>
internal sealed record CreateStoryboardArguments : DeliveryArguments
{
    public string? Title { get; init; }

    public string? Style { get; init; }

    public IReadOnlyList<PanelArguments>? Panels { get; init; }

    public string? Preset { get; init; }

    public ImageQuality? Quality { get; init; }

    public IReadOnlyList<ReferenceArguments>? References { get; init; }

    /// <summary>How they fit together, the rules about boards say.</summary>
    public override IEnumerable<Violation> Validate(ArgumentValidationResult shape) => [];
}
