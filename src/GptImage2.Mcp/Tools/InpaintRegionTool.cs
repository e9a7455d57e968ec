using System.Globalization;
using System.Text.Json.Nodes;
using GptImage2.Generation.Constraints;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>Changes one part of a picture and nothing else.</summary>
internal sealed class InpaintRegionTool(MakerRun run, MakerCheck check, ModelProfile profile, ShownViews shown) : ITool
{
    private const string Name = "inpaint_region";

    /// <summary>What the picture itself decides.</summary>
    private static readonly string[] Decided = ["preset", "width", "height", "resize_to", "background", "cutout"];

    public Tool Define() => new()
    {
        Name = Name,
        Title = "Inpaint region",
        Description =
            "Changes one part of a picture, of any size: every pixel outside the part stays exactly as it is. Say the part with region or mask, and in prompt what shall be there. " +
            "dry_run: true shows the exact part on the picture, free. A part a little larger than the thing works best. Arguments without a description are as in generate_image.",
        InputSchema = Schema.Object(Properties(), "prompt", "image").Closed(),
        OutputSchema = MakerResults.ShortOutputSchema(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    public IEnumerable<Violation> Check(Caller caller, CheckedArguments arguments)
    {
        var inpaint = InpaintArguments.Read(arguments.Values);
        var request = inpaint.ToInpaint(profile, null);
        Violation[] broken = [.. check.Of(caller, arguments, inpaint, request).Where(violation => !IsMoot(violation, arguments))];

        // Alone, doubtful units are told once the picture has been looked at: then every reading can be shown.
        return broken is [] && arguments.Violations is []
            ? []
            : [.. broken, .. request.Region.SelectMany((part, index) => RegionShapeInputValidator.CheckUnits(part, string.Create(CultureInfo.InvariantCulture, $"region[{index}].")))];
    }

    /// <summary>Whether something is only missing because nobody could read what says it, or because this tool has no such argument.</summary>
    private static bool IsMoot(Violation violation, CheckedArguments arguments) => violation.Argument switch
    {
        "region" => arguments.Blames("region") || arguments.Blames("mask"),
        ['r', 'e', 'g', 'i', 'o', 'n', '[', ..] part when part.LastIndexOf('.') is > 0 and var dot => arguments.Blames($"{part[..dot]}.points") || arguments.Blames($"{part[..dot]}.shape"),
        var name => Decided.Contains(name),
    };

    public async Task<ToolAnswer> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = InpaintArguments.Read(call.Arguments);
        var request = arguments.ToInpaint(profile, shown.Of);
        return await run.AnswerAsync(call, Name, request, arguments.How, cancellationToken);
    }

    public ToolAnswer Explain(Failure failure) => MakerResults.Refused(failure);

    private JsonObject Properties()
    {
        var properties = new JsonObject
        {
            ["prompt"] = Schema.Text("What the part shall show.", profile.MaxPromptLength),
            ["image"] = Schema.Text(ImageArgument.Short),
            ["region"] = RegionArguments.Schema("The part; several are united."),
            ["mask"] = Schema.Text("Instead of region: a picture of the same shape; transparent (or, without alpha, white) changes."),
            ["invert"] = Schema.Flag("Change everything but the part."),
            ["feather"] = Schema.Integer("Pixels over which the change fades in, inside the part. Default fits.", 0),
            ["outside"] = Schema.OneOf("Default keep: the original's pixels. model: the model's.", ["keep", "model"]),
            ["references"] = ReferenceArguments.SchemaAgain("Image 2 … (image is Image 1), as in edit_with_references.", profile.MaxReferences - 1),
        };

        foreach (var (name, schema) in MakerSchema.Again(profile).Where(property => !Decided.Contains(property.Key) && !properties.ContainsKey(property.Key)))
        {
            properties[name] = schema!.DeepClone();
        }

        return properties;
    }
}
