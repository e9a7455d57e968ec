using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>New pictures from words and other pictures, each with a role.</summary>
internal sealed class EditWithReferencesTool(ImageToolRunner run, ImageToolValidator check, ModelProfile profile) : ITool
{
    private const string Name = "edit_with_references";

    public Tool GetDefinition() => new()
    {
        Name = Name,
        Title = "Edit with references",
        Description =
            "Makes pictures from other pictures and words: edits a whole picture (role base), puts people or products into scenes, takes over a style. " +
            "The server tells the model what each picture is for and what must not change; in prompt say only what to make, and call them Image 1, Image 2 … in your order. " +
            "To change one place and nothing else use inpaint_region. Arguments without a description are as in generate_image.",
        InputSchema = SchemaBuilder.Object(CreateProperties(), "prompt", "references").CloseToElement(),
        OutputSchema = JobResultBuilder.CreateShortOutputSchema(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    public IEnumerable<Violation> Validate(Caller caller, ArgumentValidationResult arguments)
    {
        var edit = EditWithReferencesArguments.Parse(arguments.Values);
        return check.Validate(caller, arguments, edit, edit.ToEditRequest(profile));
    }

    public async Task<ToolResponse> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = EditWithReferencesArguments.Parse(call.Arguments);
        return await run.RunAsync(call, Name, arguments.ToEditRequest(profile), arguments.Options, cancellationToken);
    }

    public ToolResponse CreateErrorResponse(Failure failure) => JobResultBuilder.FromFailure(failure);

    private JsonObject CreateProperties()
    {
        var properties = ImageToolSchema.CreatePropertiesWithoutDescriptions(profile);
        properties["prompt"] = SchemaBuilder.Text("What to make of them.", profile.MaxPromptLength);
        properties["preset"]!["description"] = "Omit all sizes to keep the base's shape.";
        properties["references"] = ReferenceArguments.CreateSchema("Image 1, Image 2 … in this order; at most one base.", profile.MaxReferences);
        return properties;
    }
}

/// <summary>The arguments of edit_with_references.</summary>
internal sealed record EditWithReferencesArguments : ImageToolArguments
{
    public IReadOnlyList<ReferenceArguments>? References { get; init; }

    public static new EditWithReferencesArguments Parse(JsonElement arguments) => arguments.Deserialize(ToolJsonContext.Default.EditWithReferencesArguments)!;

    /// <summary>The request that is meant, what is missing or malformed left at its default.</summary>
    public EditRequest ToEditRequest(ModelProfile profile) => ApplyCommon(
        new EditRequest
        {
            Prompt = Prompt ?? "",
            Size = CanvasSizing.ChooseSize(profile.Sizes, RequestedCanvas, RequestedDeliverySize),
            SizeFollowsReference = RequestedCanvas is null && RequestedDeliverySize is null,
            References = [.. (References ?? []).Select((reference, index) => reference.ToReference(index))],
        },
        profile);
}
