using System.Text.Json.Nodes;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>Takes away what lies behind a subject.</summary>
internal sealed class RemoveBackgroundTool(ImageToolRunner run, SaveToPolicy copies, ModelProfile profile) : ITool
{
    private const string Name = "remove_background";

    public Tool GetDefinition() => new()
    {
        Name = Name,
        Title = "Remove background",
        Description =
            "Cuts the subject out of a picture with a plain backdrop, on this machine and free: soft edges, glass and shadows become partly transparent, and the file really has alpha. " +
            "Refuses a busy background and says what to do; remove_background_hint tells beforehand. For new pictures use cutout: true instead.",
        InputSchema = SchemaBuilder.Object(CreateProperties(), "image").CloseToElement(),
        OutputSchema = JobResultBuilder.CreateShortOutputSchema(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    public IEnumerable<Violation> Validate(Caller caller, ArgumentValidationResult arguments)
    {
        var request = RemoveBackgroundArguments.Parse(arguments.Values).ToRequest();
        if (request.Delivery is { Format: ImageFormat.Png, Compression: not null } && !arguments.IsInvalid("format"))
        {
            yield return new Violation("compression", "to be omitted with format png (it is for webp)", "a value");
        }

        foreach (var violation in copies.Check(caller, request.Delivery, arguments.IsInvalid("format")))
        {
            yield return violation;
        }
    }

    public async Task<ToolResponse> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = RemoveBackgroundArguments.Parse(call.Arguments);
        return await run.RunAsync(call, Name, arguments.ToRequest(), arguments.Options, cancellationToken);
    }

    public ToolResponse CreateErrorResponse(Failure failure) => JobResultBuilder.FromFailure(failure);

    private JsonObject CreateProperties()
    {
        var shared = ImageToolSchema.CreatePropertiesWithoutDescriptions(profile);
        return new JsonObject
        {
            ["image"] = SchemaBuilder.Text(ImageArgumentDescriptions.Short),
            ["method"] = SchemaBuilder.OneOf("Default auto. flat: a backdrop of one colour, locally.", ["auto", "flat"]),
            ["format"] = SchemaBuilder.OneOf("Default png.", ["png", "webp"]),
            ["compression"] = SchemaBuilder.Integer("For webp: 0 smallest to 100 best; omit for no loss.", 0, 100),
            ["save_to"] = shared["save_to"]!.DeepClone(),
            ["view"] = shared["view"]!.DeepClone(),
            ["dry_run"] = shared["dry_run"]!.DeepClone(),
            ["fresh"] = shared["fresh"]!.DeepClone(),
        };
    }
}
