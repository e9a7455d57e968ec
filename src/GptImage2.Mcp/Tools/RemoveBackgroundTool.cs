using System.Text.Json.Nodes;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Finishing;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Mcp.Results;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>Takes away what lies behind a subject.</summary>
internal sealed class RemoveBackgroundTool(MakerRun run, SaveToPolicy copies, ModelProfile profile) : ITool
{
    private const string Name = "remove_background";

    public Tool Define() => new()
    {
        Name = Name,
        Title = "Remove background",
        Description =
            "Cuts the subject out of a picture with a plain backdrop, on this machine and free: soft edges, glass and shadows become partly transparent, and the file really has alpha. " +
            "Refuses a busy background and says what to do; remove_background_hint tells beforehand. For new pictures use cutout: true instead.",
        InputSchema = Schema.Object(Properties(), "image").Closed(),
        OutputSchema = MakerResults.ShortOutputSchema(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    public IEnumerable<Violation> Check(Caller caller, CheckedArguments arguments)
    {
        var request = RemoveArguments.Read(arguments.Values).ToRequest();
        if (request.Delivery is { Format: ImageFormat.Png, Compression: not null } && !arguments.Blames("format"))
        {
            yield return new Violation("compression", "to be omitted with format png (it is for webp)", "a value");
        }

        foreach (var violation in copies.Check(caller, request.Delivery, arguments.Blames("format")))
        {
            yield return violation;
        }
    }

    public async Task<ToolAnswer> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = RemoveArguments.Read(call.Arguments);
        return await run.AnswerAsync(call, Name, arguments.ToRequest(), arguments.How, cancellationToken);
    }

    public ToolAnswer Explain(Failure failure) => MakerResults.Refused(failure);

    private JsonObject Properties()
    {
        var shared = MakerSchema.Again(profile);
        return new JsonObject
        {
            ["image"] = Schema.Text(ImageArgument.Short),
            ["method"] = Schema.OneOf("Default auto. flat: a backdrop of one colour, locally.", ["auto", "flat"]),
            ["format"] = Schema.OneOf("Default png.", ["png", "webp"]),
            ["compression"] = Schema.Integer("For webp: 0 smallest to 100 best; omit for no loss.", 0, 100),
            ["save_to"] = shared["save_to"]!.DeepClone(),
            ["view"] = shared["view"]!.DeepClone(),
            ["dry_run"] = shared["dry_run"]!.DeepClone(),
            ["fresh"] = shared["fresh"]!.DeepClone(),
        };
    }
}
