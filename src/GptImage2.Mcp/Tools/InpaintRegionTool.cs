using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Imaging.Compositing;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results.Views;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;
using Reference = GptImage2.Generation.Requests.Reference;

namespace GptImage2.Mcp.Tools;

/// <summary>Changes one region of an image and nothing else.</summary>
internal sealed class InpaintRegionTool(ImageToolRunner runner, BackendRegistry backends, ViewHistory views)
    : ImageTool<InpaintRegionArguments, InpaintRequest>(Name, ToolJsonContext.Default.InpaintRegionArguments, runner)
{
    private const string Name = "inpaint_region";

    /// <summary>What the image itself decides.</summary>
    private static readonly string[] ArgumentsDecidedByImage = ["preset", "width", "height", "resize_to", "background", "cutout"];

    public override Tool GetDefinition() => new()
    {
        Name = Name,
        Title = "Inpaint region",
        Description =
            "Changes one region of an image of any size: every pixel outside it stays exactly as it is. Mark it with region or mask, slightly larger than the object. " +
            "dry_run: true shows it, free. Further arguments: as in generate_image.",
        InputSchema = SchemaBuilder.Object(CreateProperties(), "prompt", "image").CloseToElement(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    protected override InpaintRequest CreateRequest(InpaintRegionArguments arguments, CallerSession session) => arguments.ApplyTo(
        new InpaintRequest
        {
            Prompt = arguments.Prompt ?? "",
            // The image decides it, once it has been read.
            Size = SizePreset.Square.Size,
            Image = new Reference { Image = arguments.Image ?? "", Role = ReferenceRole.Base, Argument = "image" },
            Region = [.. (arguments.Region ?? []).Select(part => part.ToShapeInput())],
            FindDisplayedView = sha256 => views.Find(session, sha256),
            Mask = arguments.Mask,
            Invert = arguments.Invert,
            Feather = arguments.Feather,
            Outside = arguments.Outside ?? OutsidePixels.Keep,
            MatchColours = arguments.MatchColours ?? true,
            References = ReferenceArguments.ToReferences(arguments.References),
        },
        backends.Default.Profile);

    protected override IEnumerable<Violation> Validate(Caller caller, InpaintRegionArguments arguments, InpaintRequest request, ArgumentValidationResult shape)
    {
        Violation[] broken = [.. base.Validate(caller, arguments, request, shape).Where(violation => !IsConsequence(violation, shape))];

        // Ambiguous units alone are reported once the image has been read: then every reading of them can be shown.
        return broken is [] && shape.Violations is []
            ? []
            : [.. broken, .. request.Region.SelectMany((part, index) => RegionShapeInputValidator.CheckUnits(part, $"region[{index}]."))];
    }

    /// <summary>Whether something is only missing because the argument that says it could not be read, or because this tool has no such argument.</summary>
    private static bool IsConsequence(Violation violation, ArgumentValidationResult shape) => violation.Argument switch
    {
        "region" => shape.IsInvalid("region") || shape.IsInvalid("mask"),
        ['r', 'e', 'g', 'i', 'o', 'n', '[', ..] part when part.LastIndexOf('.') is > 0 and var dot => shape.IsInvalid($"{part[..dot]}.points") || shape.IsInvalid($"{part[..dot]}.shape"),
        var name => ArgumentsDecidedByImage.Contains(name),
    };

    private JsonObject CreateProperties()
    {
        var properties = new JsonObject
        {
            ["prompt"] = SchemaBuilder.Text("What it should show.", backends.Default.Profile.MaxPromptLength),
            ["image"] = SchemaBuilder.Text(ImageArgumentDescriptions.Short),
            ["region"] = RegionArguments.CreateSchema("Shapes, united."),
            ["mask"] = SchemaBuilder.Text("Instead of region: an image of its shape; transparent (without alpha: white) changes, grey partly."),
            ["invert"] = SchemaBuilder.Flag("Change all but the region."),
            ["feather"] = SchemaBuilder.Integer("Pixels of fading, inside the region. Default fits; 0 for panels.", 0),
            ["outside"] = SchemaBuilder.OneOf("Pixels outside: keep (default), or take those of the model.", ["keep", "model"]),
            ["match_colours"] = SchemaBuilder.Flag("Default true: to the surroundings."),
            ["references"] = ReferenceArguments.CreateSchemaWithoutDescriptions("As in edit_with_references, from Image 2 (image is Image 1).", Math.Max(0, backends.Default.Profile.MaxReferences - 1)),
        };

        foreach (var (name, schema) in ImageToolSchema.CreatePropertiesWithoutDescriptions(backends.Default.Profile).Where(property => !ArgumentsDecidedByImage.Contains(property.Key) && !properties.ContainsKey(property.Key)))
        {
            properties[name] = schema!.DeepClone();
        }

        return properties;
    }
}

/// <summary>The arguments of inpaint_region.</summary>
internal sealed record InpaintRegionArguments(
    string? Image,
    IReadOnlyList<RegionArguments>? Region,
    string? Mask,
    bool? Invert,
    int? Feather,
    OutsidePixels? Outside,
    bool? MatchColours,
    IReadOnlyList<ReferenceArguments>? References)
    : ImageToolArguments;
