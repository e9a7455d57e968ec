using GptImage2.Generation.Inputs;
using GptImage2.Generation.Rendering;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;
using GptImage2.Mcp.Tools.Help;

namespace GptImage2.Mcp.Tools;

/// <summary>Advises how to get a clean cut-out: from an existing image, or of a subject that is still to be drawn.</summary>
internal sealed class RemoveBackgroundHintTool(ImageArgumentResolver resolver, BackendRegistry backends)
    : Tool<RemoveBackgroundHintArguments>(ToolJsonContext.Default.RemoveBackgroundHintArguments)
{
    public override Tool GetDefinition() => new()
    {
        Name = "remove_background_hint",
        Title = "Background hint",
        Description = "Looks at an image, or a subject in words, and says which call cuts it out cleanly. Free.",
        InputSchema = SchemaBuilder.Object(new JsonObject
        {
            ["image"] = SchemaBuilder.Text(ImageArgumentDescriptions.Short),
            ["subject"] = SchemaBuilder.Text("What is to be drawn, where there is no image yet."),
        }).CloseToElement(),
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true },
    };

    protected override IEnumerable<Violation> Validate(RemoveBackgroundHintArguments arguments, ArgumentValidationResult shape) => arguments switch
    {
        _ when shape.Violations is not [] => [],
        { Image: null, Subject: null } => [new Violation("image", "an image, or in subject what is to be drawn", "neither")],
        { Image: null } when string.IsNullOrWhiteSpace(arguments.Subject) => [new Violation("subject", "what is to be drawn, in words", "blank text")],
        _ => [],
    };

    protected override async Task<ToolResponse> InvokeAsync(RemoveBackgroundHintArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        if (arguments.Image is not { } image)
        {
            return BackgroundRemovalHint.ForSubject(arguments.Subject!);
        }

        using var resolved = await resolver.ResolveAsync(call.Caller, "image", image, cancellationToken);
        return resolved.ReadWith(encoded => BackgroundRemovalHint.ForImage(encoded, image, backends));
    }
}

/// <summary>The arguments of remove_background_hint.</summary>
internal sealed record RemoveBackgroundHintArguments(string? Image, string? Subject);
