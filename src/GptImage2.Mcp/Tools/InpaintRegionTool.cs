using System.Globalization;
using System.Text.Json.Nodes;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>Changes one part of a picture and nothing else.</summary>
internal sealed class InpaintRegionTool(ImageToolRunner run, ImageToolValidator check, ModelProfile profile, ViewHistory shown) : ITool
{
    private const string Name = "inpaint_region";

    /// <summary>What the picture itself decides.</summary>
    private static readonly string[] ArgumentsDecidedByImage = ["preset", "width", "height", "resize_to", "background", "cutout"];

    public Tool GetDefinition() => new()
    {
        Name = Name,
        Title = "Inpaint region",
        Description =
            "Changes one part of a picture, of any size: every pixel outside the part stays exactly as it is. Say the part with region or mask, and in prompt what shall be there. " +
            "dry_run: true shows the exact part on the picture, free. A part a little larger than the thing works best. Arguments without a description are as in generate_image.",
        InputSchema = SchemaBuilder.Object(CreateProperties(), "prompt", "image").CloseToElement(),
        OutputSchema = JobResultBuilder.CreateShortOutputSchema(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    public IEnumerable<Violation> Validate(Caller caller, ArgumentValidationResult arguments)
    {
        var inpaint = InpaintRegionArguments.Parse(arguments.Values);
        var request = inpaint.ToInpaintRequest(profile, null);
        Violation[] broken = [.. check.Validate(caller, arguments, inpaint, request).Where(violation => !IsConsequence(violation, arguments))];

        // Alone, doubtful units are told once the picture has been looked at: then every reading can be shown.
        return broken is [] && arguments.Violations is []
            ? []
            : [.. broken, .. request.Region.SelectMany((part, index) => RegionShapeInputValidator.CheckUnits(part, string.Create(CultureInfo.InvariantCulture, $"region[{index}].")))];
    }

    /// <summary>Whether something is only missing because nobody could read what says it, or because this tool has no such argument.</summary>
    private static bool IsConsequence(Violation violation, ArgumentValidationResult arguments) => violation.Argument switch
    {
        "region" => arguments.IsInvalid("region") || arguments.IsInvalid("mask"),
        ['r', 'e', 'g', 'i', 'o', 'n', '[', ..] part when part.LastIndexOf('.') is > 0 and var dot => arguments.IsInvalid($"{part[..dot]}.points") || arguments.IsInvalid($"{part[..dot]}.shape"),
        var name => ArgumentsDecidedByImage.Contains(name),
    };

    public async Task<ToolResponse> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = InpaintRegionArguments.Parse(call.Arguments);
        var request = arguments.ToInpaintRequest(profile, shown.Find);
        return await run.RunAsync(call, Name, request, arguments.Options, cancellationToken);
    }

    public ToolResponse CreateErrorResponse(Failure failure) => JobResultBuilder.FromFailure(failure);

    private JsonObject CreateProperties()
    {
        var properties = new JsonObject
        {
            ["prompt"] = SchemaBuilder.Text("What the part shall show.", profile.MaxPromptLength),
            ["image"] = SchemaBuilder.Text(ImageArgumentDescriptions.Short),
            ["region"] = RegionArguments.CreateSchema("The part; several are united."),
            ["mask"] = SchemaBuilder.Text("Instead of region: a picture of the same shape; transparent (or, without alpha, white) changes."),
            ["invert"] = SchemaBuilder.Flag("Change everything but the part."),
            ["feather"] = SchemaBuilder.Integer("Pixels over which the change fades in, inside the part. Default fits.", 0),
            ["outside"] = SchemaBuilder.OneOf("Default keep: the original's pixels. model: the model's.", ["keep", "model"]),
            ["references"] = ReferenceArguments.CreateSchemaWithoutDescriptions("Image 2 … (image is Image 1), as in edit_with_references.", profile.MaxReferences - 1),
        };

        foreach (var (name, schema) in ImageToolSchema.CreatePropertiesWithoutDescriptions(profile).Where(property => !ArgumentsDecidedByImage.Contains(property.Key) && !properties.ContainsKey(property.Key)))
        {
            properties[name] = schema!.DeepClone();
        }

        return properties;
    }
}
