using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Apps.Actions;

/// <summary>
/// What the page does besides calling the tools that a model has: nothing of it costs anything. One tool, because hosts ask the user once for each;
/// no model sees it.
/// </summary>
internal sealed class StudioActionTool(ImageActions images, PartReader parts, GalleryActions gallery, JobActions jobs, BoardActions boards)
    : Tool<StudioActionArguments>(AppsJsonContext.Default.StudioActionArguments)
{
    /// <summary>With <see cref="ImageActions"/>' limit for each, as much as hosts pass on in one answer.</summary>
    private const int MaxThumbs = 24;
    private const int MinEdge = 16;
    private const int MaxThumbEdge = 512;
    private const int MaxPartEdge = 4096;

    /// <summary>What each action cannot do without.</summary>
    private static readonly Dictionary<StudioAction, string[]> Required = new()
    {
        [StudioAction.Open] = ["image"],
        [StudioAction.Part] = ["image", "x", "y", "width", "height"],
        [StudioAction.Thumbs] = ["images"],
        [StudioAction.List] = [],
        [StudioAction.Favourite] = ["image", "on"],
        [StudioAction.KeepMask] = ["mask"],
        [StudioAction.Jobs] = [],
        [StudioAction.Job] = ["job"],
        [StudioAction.Cancel] = ["job"],
        [StudioAction.Board] = ["board"],
    };

    public override Tool GetDefinition() => new()
    {
        Name = "studio_action",
        Title = "Image studio page",
        Description = "What the image studio's page in the chat asks for. Free.",
        InputSchema = SchemaBuilder.Object(
            new JsonObject
            {
                ["action"] = SchemaBuilder.OneOf(null, Enum.GetValues<StudioAction>().Select(action => EnumNames.Format(action))),
                ["image"] = SchemaBuilder.Typed("string"),
                ["images"] = SchemaBuilder.List(SchemaBuilder.Typed("string"), maxItems: MaxThumbs),
                ["x"] = SchemaBuilder.Integer(null, 0),
                ["y"] = SchemaBuilder.Integer(null, 0),
                ["width"] = SchemaBuilder.Integer(null, 1),
                ["height"] = SchemaBuilder.Integer(null, 1),
                ["edge"] = SchemaBuilder.Integer(null, MinEdge, MaxPartEdge),
                ["query"] = SchemaBuilder.Typed("string"),
                ["cursor"] = SchemaBuilder.Typed("string"),
                ["limit"] = SchemaBuilder.Integer(null, 1, MaxThumbs),
                ["favourites"] = SchemaBuilder.Typed("boolean"),
                ["on"] = SchemaBuilder.Typed("boolean"),
                ["mask"] = SchemaBuilder.Typed("string"),
                ["job"] = SchemaBuilder.Typed("string"),
                ["board"] = SchemaBuilder.Typed("string"),
            },
            "action").CloseToElement(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
        Meta = AppsExtension.AppOnlyMeta,
    };

    protected override AccessRight? FindRequiredRight(StudioActionArguments arguments) =>
        arguments.Action is StudioAction.Favourite or StudioAction.KeepMask or StudioAction.Cancel ? AccessRight.Write : AccessRight.Read;

    protected override IEnumerable<Violation> Validate(StudioActionArguments arguments, ArgumentValidationResult shape) =>
    [
        .. Required.GetValueOrDefault(arguments.Action, []).Where(name => !shape.IsInvalid(name) && !arguments.Has(name)).Select(name => new Violation(name, $"a value for action {EnumNames.Format(arguments.Action)}", "nothing")),
        .. Violation.Collect(
            (arguments is { Action: StudioAction.Thumbs, Edge: > MaxThumbEdge }, new("edge", $"at most {MaxThumbEdge}", $"{arguments.Edge}", $"{MaxThumbEdge}")),
            (arguments.Images is [] && arguments.Action is StudioAction.Thumbs, new("images", "at least one image", "none"))),
    ];

    protected override Task<ToolResponse> InvokeAsync(StudioActionArguments arguments, ToolCall call, CancellationToken cancellationToken) => arguments.Action switch
    {
        StudioAction.Open => images.OpenAsync(call.Session, arguments.Image!, cancellationToken),
        StudioAction.Part => parts.ReadAsync(call.Caller, arguments, cancellationToken),
        StudioAction.Thumbs => images.CreateThumbsAsync(call.Caller, arguments.Images!, arguments.Edge, cancellationToken),
        StudioAction.List => gallery.ListAsync(call.Session, arguments, cancellationToken),
        StudioAction.Favourite => gallery.MarkAsync(call.Caller, arguments.Image!, arguments.On is true, cancellationToken),
        StudioAction.KeepMask => images.KeepMaskAsync(call.Caller, arguments.Mask!, cancellationToken),
        StudioAction.Jobs => jobs.ListAsync(call.Caller, cancellationToken),
        StudioAction.Job => jobs.LookAsync(call.Session, arguments.Job!, cancellationToken),
        StudioAction.Cancel => jobs.CancelAsync(call.Session, arguments.Job!, cancellationToken),
        _ => boards.ReadAsync(call.Caller, arguments.Board!, cancellationToken),
    };
}
