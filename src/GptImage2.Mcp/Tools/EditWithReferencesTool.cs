using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools;

/// <summary>New images from a prompt and other images, each with a role.</summary>
internal sealed class EditWithReferencesTool(ImageToolRunner runner, BackendRegistry backends)
    : ImageTool<EditWithReferencesArguments, EditRequest>(Name, ToolJsonContext.Default.EditWithReferencesArguments, runner)
{
    private const string Name = "edit_with_references";

    public override Tool GetDefinition() => new()
    {
        Name = Name,
        Title = "Edit with references",
        Description =
            "Makes images from other images and a prompt: edits a whole image (role base), puts people or products into scenes, applies a style. " +
            "The model is told by role what each image is for and must keep: in prompt say only what to make, and call them Image 1, Image 2 and so on. " +
            "Without preset, the size of the base. To change one place and nothing else use inpaint_region. Further arguments: as in generate_image.",
        InputSchema = SchemaBuilder.Object(CreateProperties(), "prompt", "references").CloseToElement(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    protected override EditRequest CreateRequest(EditWithReferencesArguments arguments, CallerSession session) => arguments.ApplyTo(
        new EditRequest
        {
            Prompt = arguments.Prompt ?? "",
            Size = backends.Default.Profile.Sizes.ChooseSize(arguments.RequestedCanvas, arguments.RequestedDeliverySize),
            SizeFollowsReference = arguments.RequestedCanvas is null && arguments.RequestedDeliverySize is null,
            References = ReferenceArguments.ToReferences(arguments.References, ofSingle: ReferenceRole.Base),
        },
        backends.Default.Profile) is var request && arguments.Format is null && arguments.SaveTo is null
            ? request with { Delivery = request.Delivery with { FormatFollowsBase = true } }
            : request;

    private JsonObject CreateProperties()
    {
        var properties = ImageToolSchema.CreatePropertiesWithoutDescriptions(backends.Default.Profile);
        properties["prompt"] = SchemaBuilder.Text("What to make of them.", backends.Default.Profile.MaxPromptLength);
        properties["references"] = ReferenceArguments.CreateSchema("In this order; at most one base.", Math.Max(1, backends.Default.Profile.MaxReferences));
        return properties;
    }
}

/// <summary>The arguments of edit_with_references.</summary>
internal sealed record EditWithReferencesArguments(IReadOnlyList<ReferenceArguments>? References) : ImageToolArguments;
