using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>New pictures from words and other pictures, each with a role.</summary>
internal sealed class EditWithReferencesTool(MakerRun run, MakerCheck check, ModelProfile profile) : ITool
{
    private const string Name = "edit_with_references";

    public Tool Define() => new()
    {
        Name = Name,
        Title = "Edit with references",
        Description =
            "Makes pictures from other pictures and words: edits a whole picture (role base), puts people or products into scenes, takes over a style. " +
            "The server tells the model what each picture is for and what must not change; in prompt say only what to make, and call them Image 1, Image 2 … in your order. " +
            "To change one place and nothing else use inpaint_region. Arguments without a description are as in generate_image.",
        InputSchema = Schema.Object(Properties(), "prompt", "references").Closed(),
        OutputSchema = MakerResults.ShortOutputSchema(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    public IEnumerable<Violation> Check(Caller caller, CheckedArguments arguments)
    {
        var edit = EditArguments.Read(arguments.Values);
        return check.Of(caller, arguments, edit, edit.ToEdit(profile));
    }

    public async Task<ToolAnswer> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = EditArguments.Read(call.Arguments);
        return await run.AnswerAsync(call, Name, arguments.ToEdit(profile), arguments.How, cancellationToken);
    }

    public ToolAnswer Explain(Failure failure) => MakerResults.Refused(failure);

    private JsonObject Properties()
    {
        var properties = MakerSchema.Again(profile);
        properties["prompt"] = Schema.Text("What to make of them.", profile.MaxPromptLength);
        properties["preset"]!["description"] = "Omit all sizes to keep the base's shape.";
        properties["references"] = ReferenceArguments.Schema("Image 1, Image 2 … in this order; at most one base.", profile.MaxReferences);
        return properties;
    }
}

/// <summary>The arguments of edit_with_references.</summary>
internal sealed record EditArguments : MakerArguments
{
    public IReadOnlyList<ReferenceArguments>? References { get; init; }

    public static new EditArguments Read(JsonElement arguments) => arguments.Deserialize(ToolJson.Default.EditArguments)!;

    /// <summary>The request that is meant, what is missing or malformed left at its default.</summary>
    public EditRequest ToEdit(ModelProfile profile) => Fill(
        new EditRequest
        {
            Prompt = Prompt ?? "",
            Size = CanvasSizing.ChooseSize(profile.Sizes, Said, Target),
            SizeFollowsReference = Said is null && Target is null,
            References = [.. (References ?? []).Select((reference, index) => reference.ToReference(index))],
        },
        profile);
}
