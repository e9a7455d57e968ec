using GptImage2.Generation.Failures;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>Text to image.</summary>
internal sealed class GenerateImageTool(MakerRun run, MakerCheck check, ModelProfile profile) : ITool
{
    private const string Name = "generate_image";

    public Tool Define() => new()
    {
        Name = Name,
        Title = "Generate image",
        Description =
            "Draws new pictures from words and saves them as files. Returns a preview, ids and paths. " +
            "Takes 10 s to 2 min and costs money (see list_presets) unless the result says SKETCH.",
        InputSchema = Schema.Object(MakerSchema.Properties(profile), "prompt").Closed(),
        OutputSchema = MakerResults.OutputSchema(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    public IEnumerable<Violation> Check(Caller caller, CheckedArguments arguments)
    {
        var maker = MakerArguments.Read(arguments.Values);
        return check.Of(caller, arguments, maker, maker.ToRequest(profile));
    }

    public async Task<ToolAnswer> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = MakerArguments.Read(call.Arguments);
        return await run.AnswerAsync(call, Name, arguments.ToRequest(profile), arguments.How, cancellationToken);
    }

    public ToolAnswer Explain(Failure failure) => MakerResults.Refused(failure);
}
