using GptImage2.Generation.Storyboards;
using GptImage2.Mcp.Resources;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools;

/// <summary>Makes files of a board.</summary>
internal sealed class ExportStoryboardTool(StoryboardExporter exporter, ExportFolder folders) : Tool<ExportStoryboardArguments>(ToolJsonContext.Default.ExportStoryboardArguments)
{
    public override Tool GetDefinition() => new()
    {
        Name = "export_storyboard",
        Title = "Export storyboard",
        Description = "Makes files of a board, free: PNG, PDF, a PDF of one panel a page, numbered panels, an animatic (cut list, animated WebP).",
        InputSchema = SchemaBuilder.Object(
            new JsonObject
            {
                ["board"] = SchemaBuilder.Typed("string"),
                ["formats"] = SchemaBuilder.List(SchemaBuilder.OneOf(null, Enum.GetValues<StoryboardExport>().Select(export => EnumNames.Format(export))), "Default all."),
                ["save_to"] = SchemaBuilder.Text("A folder; a new one is made in it."),
            },
            "board").CloseToElement(),
        Annotations = new() { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = false, OpenWorldHint = true },
    };

    protected override IEnumerable<Violation> Validate(ExportStoryboardArguments arguments, ArgumentValidationResult shape) => [];

    protected override async Task<ToolResponse> InvokeAsync(ExportStoryboardArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        if (folders.Check(call.Caller, arguments.SaveTo) is { } violation)
        {
            throw new InvalidRequestException([violation]);
        }

        var exported = await exporter.OpenAsync(call.Caller, arguments.Board!, cancellationToken);
        StoryboardExport[] exports = [.. (arguments.Formats is null or [] ? Enum.GetValues<StoryboardExport>() : arguments.Formats.Distinct())];
        try
        {
            return call.Caller.LocalPathsAllowed ? await WriteAsync(call, arguments.SaveTo, exported, exports, cancellationToken) : CreateLinks(exported, exports);
        }
        catch (UnreadableImageException damaged)
        {
            throw new ImageException(new Failure { Code = FailureCode.UnreadableImage, Message = $"A picture of {exported.Board.Id} cannot be read: {damaged.Message} update_storyboard draws its panel anew.", Retry = RetryAdvice.Changed }, damaged);
        }
    }

    private async Task<ToolResponse> WriteAsync(ToolCall call, string? saveTo, ExportedBoard exported, StoryboardExport[] exports, CancellationToken cancellationToken)
    {
        var folder = folders.Create(call.Caller, saveTo, exported.Board);
        var names = await Task.Run(() => exporter.WriteFiles(exported, folder, exports, cancellationToken), cancellationToken);
        var files = names.Select(name => (Name: name, Bytes: new FileInfo(Path.Combine(folder, name)).Length)).ToArray();
        var text = $"{Describe(exported)} is in {folder}:\n{string.Join('\n', files.Select(file => $"{file.Name}, {FormatBytes(file.Bytes)}"))}{DescribeMissing(exported)}";
        return new ToolResponse
        {
            Text = text,
            Structured = CreateJson(text, exported, folder, files.Select(file => new JsonObject { ["name"] = file.Name, ["path"] = Path.Combine(folder, file.Name), ["bytes"] = file.Bytes })),
        };
    }

    /// <summary>Another machine reads the files by their addresses, and the panels as the images that they are.</summary>
    private static ToolResponse CreateLinks(ExportedBoard exported, StoryboardExport[] exports)
    {
        var links = ExportNames.All.Where(name => exports.Any(export => ExportNames.Of(export).Contains(name)))
            .Select(name => (Name: name, Uri: StoryboardResources.CreateUri(exported.Board, name), Type: ExportNames.GetMediaType(name)))
            .Concat(exports.Contains(StoryboardExport.Panels)
                ? exported.Pictures.Index().Where(entry => entry.Item is not null).Select(entry => (Name: ExportNames.Panel(entry.Index + 1, entry.Item!.File.Format), Uri: ImageUri.FromId(entry.Item.Id), Type: entry.Item.File.Format.MediaType))
                : [])
            .ToArray();
        var text = $"{Describe(exported)}: each file is read as a resource, by its address.\n{string.Join('\n', links.Select(link => $"{link.Name}: {link.Uri}"))}{DescribeMissing(exported)}";
        return new ToolResponse
        {
            Text = text,
            Blocks = [.. links.Select(link => new ResourceLinkBlock { Uri = link.Uri, Name = link.Name, MimeType = link.Type })],
            Structured = CreateJson(text, exported, null, links.Select(link => new JsonObject { ["name"] = link.Name, ["uri"] = link.Uri })),
        };
    }

    private static JsonObject CreateJson(string text, ExportedBoard exported, string? folder, IEnumerable<JsonObject> files) => new JsonObject
    {
        ["summary"] = text,
        ["board"] = exported.Board.Id,
        ["folder"] = folder,
        ["files"] = new JsonArray([.. files]),
    }.WithoutNulls();

    private static string Describe(ExportedBoard exported) =>
        exported.Board.Title is { } title ? $"Storyboard {Violation.Quote(title)} ({exported.Board.Id}, {exported.Board.Panels.Count} panels)" : $"Storyboard {exported.Board.Id} ({exported.Board.Panels.Count} panels)";

    private static string DescribeMissing(ExportedBoard exported)
    {
        int[] missing = [.. exported.Pictures.Index().Where(entry => entry.Item is null).Select(entry => entry.Index + 1)];
        return missing is [] ? "" : $"\nNote: {(missing.Length is 1 ? "panel" : "panels")} {string.Join(", ", missing)} without a picture; update_storyboard with the board's id alone draws what is missing.";
    }

    private static string FormatBytes(long bytes) => bytes < 1_000_000 ? $"{bytes / 1000.0:0} kB" : $"{bytes / 1_000_000.0:0.0} MB";
}

/// <summary>The arguments of export_storyboard.</summary>
internal sealed record ExportStoryboardArguments(string? Board, IReadOnlyList<StoryboardExport>? Formats, string? SaveTo);
