using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Help;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>Tells how a clean cut-out is best had: from a picture that is there, or of a subject that is still to be drawn.</summary>
internal sealed class RemoveBackgroundHintTool(ImageArgumentResolver finder) : ITool
{
    public Tool GetDefinition() => new()
    {
        Name = "remove_background_hint",
        Title = "Remove background: hint",
        Description = "Looks at a picture (or takes a subject in words) and tells which call gives a clean cut-out. Free; changes nothing.",
        InputSchema = SchemaBuilder.Object(new JsonObject
        {
            ["image"] = SchemaBuilder.Text(ImageArgumentDescriptions.Short),
            ["subject"] = SchemaBuilder.Text("What is to be drawn, where there is no picture yet."),
        }).CloseToElement(),
        OutputSchema = SchemaBuilder.Object(new JsonObject { ["summary"] = SchemaBuilder.Typed("string") }, "summary").ToElement(),
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    public IEnumerable<Violation> Validate(Caller caller, ArgumentValidationResult arguments)
    {
        if (arguments.Violations is not [] || ParseArguments(arguments.Values) is not { Image: null } hint)
        {
            yield break;
        }

        if (hint.Subject is null)
        {
            yield return new Violation("image", "a picture to look at, or subject", "neither");
        }
        else if (string.IsNullOrWhiteSpace(hint.Subject))
        {
            yield return new Violation("subject", "what is to be drawn, in words", "blank text");
        }
    }

    public async Task<ToolResponse> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = ParseArguments(call.Arguments);
        if (arguments.Image is not { } image)
        {
            return BackgroundRemovalHint.ForSubject(arguments.Subject!);
        }

        using var found = await finder.ResolveAsync(call.Caller, "image", image, cancellationToken);
        return found.ReadWith(encoded => BackgroundRemovalHint.ForImage(encoded, image));
    }

    private static RemoveBackgroundHintArguments ParseArguments(JsonElement arguments) => arguments.Deserialize(ToolJsonContext.Default.RemoveBackgroundHintArguments)!;
}

/// <summary>The arguments of remove_background_hint.</summary>
internal sealed record RemoveBackgroundHintArguments
{
    public string? Image { get; init; }

    public string? Subject { get; init; }
}
