using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.PostProcessing;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;
using Reference = GptImage2.Generation.Requests.Reference;

namespace GptImage2.Mcp.Tools;

/// <summary>Removes what is behind a subject.</summary>
internal sealed class RemoveBackgroundTool(ImageToolRunner runner, SaveToPolicy saveTo, BackendRegistry backends)
    : ImageTool<RemoveBackgroundArguments, BackgroundRemovalRequest>(Name, ToolJsonContext.Default.RemoveBackgroundArguments, runner)
{
    private const string Name = "remove_background";

    public override Tool GetDefinition() => new()
    {
        Name = Name,
        Title = "Remove background",
        Description =
            "Cuts the subject out of an image, here and free, with real alpha: soft edges, glass, shadows. " +
            $"Refuses what would come out badly, and says what to do.{(backends.BackgroundService is null ? "" : " method service cuts out of any background, for money.")} For new images use cutout. Further arguments: as in generate_image.",
        InputSchema = SchemaBuilder.Object(CreateProperties(), "image").CloseToElement(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    protected override BackgroundRemovalRequest CreateRequest(RemoveBackgroundArguments arguments, CallerSession session) => new()
    {
        Prompt = "Background removed",
        // The image decides it, once it has been read.
        Size = SizePreset.Square.Size,
        Image = new Reference { Image = arguments.Image ?? "", Role = ReferenceRole.Base, FullSize = true, Argument = "image" },
        Method = BackgroundRemovalMethod.Parse(arguments.Method),
        OpenHoles = arguments.Holes is BackgroundRemovalMethod.OpenHoles,
        Delivery = arguments.ToDelivery(),
    };

    protected override IEnumerable<Violation> Validate(Caller caller, RemoveBackgroundArguments arguments, BackgroundRemovalRequest request, ArgumentValidationResult shape) =>
    [
        .. arguments.Validate(shape),
        .. request.Method is CutoutMethod.Model && backends.BackgroundModel is null
            ? [new Violation("method", $"auto or key, because no model is set up here (the user can {BackgroundRemoval.ModelAdvice}),", Violation.Quote(BackgroundRemovalMethod.Model), BackgroundRemovalMethod.Auto)]
            : Array.Empty<Violation>(),
        .. saveTo.Check(caller, request.Delivery, shape.IsInvalid("format"), LocalModel.FlatBackdrop.Formats)
            .Where(violation => violation.Argument is not "overwrite" || !shape.IsInvalid("save_to")),
    ];

    private string DescribeMethods()
    {
        var auto = backends.BackgroundModel is null ? "key" : "key, else model";
        var model = backends.BackgroundModel is null ? "any, if the user set one up" : "any background";
        return $"Default auto: {auto}. key: plain backdrop. model: {model}.{(backends.BackgroundService is { } service ? $" service: any background, at {service.Name}, billed." : "")}";
    }

    private JsonObject CreateProperties()
    {
        var shared = ImageToolSchema.CreatePropertiesWithoutDescriptions(backends.Default.Profile);
        return new JsonObject
        {
            ["image"] = SchemaBuilder.Text(ImageArgumentDescriptions.Short),
            ["method"] = SchemaBuilder.OneOf(DescribeMethods(), [BackgroundRemovalMethod.Auto, BackgroundRemovalMethod.Key, BackgroundRemovalMethod.Model, .. backends.BackgroundService is null ? Array.Empty<string>() : [BackgroundRemovalMethod.Service]]),
            ["holes"] = SchemaBuilder.OneOf("Enclosed white, grey, black. Default keep.", [BackgroundRemovalMethod.KeepHoles, BackgroundRemovalMethod.OpenHoles]),
            ["format"] = SchemaBuilder.OneOf("Default png.", ["png", "webp"]),
            ["compression"] = SchemaBuilder.Integer("For webp, 0 to 100 best; omit for lossless.", 0, 100),
            ["save_to"] = shared["save_to"]!.DeepClone(),
            ["overwrite"] = shared["overwrite"]!.DeepClone(),
            ["view"] = shared["view"]!.DeepClone(),
            ["dry_run"] = shared["dry_run"]!.DeepClone(),
            ["fresh"] = shared["fresh"]!.DeepClone(),
        };
    }
}

/// <summary>The arguments of remove_background.</summary>
internal sealed record RemoveBackgroundArguments : DeliveryArguments
{
    public string? Image { get; init; }

    /// <summary>What becomes of enclosed areas that have a neutral backdrop's own colour.</summary>
    public string? Holes { get; init; }

    /// <summary>How it is removed.</summary>
    public string? Method { get; init; }

    public override IEnumerable<Violation> Validate(ArgumentValidationResult shape) =>
        ToDelivery().Format is ImageFormat.Png && Compression is not null && !shape.IsInvalid("format")
            ? [new Violation("compression", "to be omitted with format png (it is for webp)", "a value")]
            : [];
}
