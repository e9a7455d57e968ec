using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Boards;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;
using Reference = GptImage2.Generation.Requests.Reference;

namespace GptImage2.Mcp.Tools;

/// <summary>Puts images on one board.</summary>
internal sealed class ComposeBoardTool(ImageToolRunner runner, BackendRegistry backends)
    : ImageTool<ComposeBoardArguments, BoardRequest>(Name, ToolJsonContext.Default.ComposeBoardArguments, runner)
{
    private const string Name = "compose_board";

    public override Tool GetDefinition() => new()
    {
        Name = Name,
        Title = "Compose board",
        Description = "Puts images on one board, free: equal cells, numbers, captions. For comparisons and mood boards. Further arguments: as in generate_image.",
        InputSchema = SchemaBuilder.Object(CreateProperties(), "images").CloseToElement(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    protected override BoardRequest CreateRequest(ComposeBoardArguments arguments, CallerSession session)
    {
        var images = arguments.Images ?? [];
        string[] captions = [.. (arguments.Captions ?? []).Select(caption => caption ?? "")];
        return new BoardRequest
        {
            Prompt = BoardRequest.DescribePrompt(arguments.Title, captions, images.Count),
            // The images decide it, once they have been read.
            Size = SizePreset.Square.Size,
            Cells = [.. images.Select((image, index) => new Reference { Image = image ?? "", FullSize = true, Argument = $"images[{index}]" })],
            Captions = captions,
            Columns = arguments.Columns,
            Title = arguments.Title,
            Delivery = arguments.ToDelivery(),
        };
    }

    private JsonObject CreateProperties()
    {
        var shared = ImageToolSchema.CreatePropertiesWithoutDescriptions(backends.Default.Profile);
        return new JsonObject
        {
            ["images"] = SchemaBuilder.List(SchemaBuilder.Typed("string"), $"Up to {BoardContent.MaxImages}, as in view_image."),
            ["captions"] = SchemaBuilder.List(SchemaBuilder.Typed("string")),
            ["columns"] = SchemaBuilder.Integer(null, 1, BoardContent.MaxImages),
            ["title"] = SchemaBuilder.Typed("string"),
            ["format"] = SchemaBuilder.OneOf(null, LocalModel.Board.Formats.Select(format => format.Name)),
            ["save_to"] = shared["save_to"]!.DeepClone(),
            ["overwrite"] = shared["overwrite"]!.DeepClone(),
            ["view"] = shared["view"]!.DeepClone(),
            ["dry_run"] = shared["dry_run"]!.DeepClone(),
        };
    }
}

/// <summary>The arguments of compose_board.</summary>
internal sealed record ComposeBoardArguments : DeliveryArguments
{
    public IReadOnlyList<string?>? Images { get; init; }

    public IReadOnlyList<string?>? Captions { get; init; }

    public int? Columns { get; init; }

    public string? Title { get; init; }

    /// <summary>How they fit together, the rules about boards say.</summary>
    public override IEnumerable<Violation> Validate(ArgumentValidationResult shape) => [];
}
