using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>Text to image.</summary>
internal sealed class GenerateImageTool(ImageToolRunner run, ImageToolValidator check, ModelProfile profile) : ITool
{
    private const string Name = "generate_image";

    public Tool GetDefinition() => new()
    {
        Name = Name,
        Title = "Generate image",
        Description =
            "Draws new pictures from words and saves them as files. Returns a preview, ids and paths. " +
            "Takes 10 s to 2 min and costs money (see list_presets) unless the result says SKETCH.",
        InputSchema = SchemaBuilder.Object(ImageToolSchema.CreateProperties(profile), "prompt").CloseToElement(),
        OutputSchema = JobResultBuilder.CreateOutputSchema(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    public IEnumerable<Violation> Validate(Caller caller, ArgumentValidationResult arguments)
    {
        var maker = ImageToolArguments.Parse(arguments.Values);
        return check.Validate(caller, arguments, maker, maker.ToRequest(profile));
    }

    public async Task<ToolResponse> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = ImageToolArguments.Parse(call.Arguments);
        return await run.RunAsync(call, Name, arguments.ToRequest(profile), arguments.Options, cancellationToken);
    }

    public ToolResponse CreateErrorResponse(Failure failure) => JobResultBuilder.FromFailure(failure);
}
