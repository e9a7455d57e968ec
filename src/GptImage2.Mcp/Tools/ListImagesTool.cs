using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>What was made, newest first, and what the user has put into the inbox.</summary>
internal sealed class ListImagesTool(IImageCatalog catalog, IImageStore store, Inbox inbox) : ITool
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;
    private const int MaxPromptLength = 120;

    public Tool GetDefinition() => new()
    {
        Name = "list_images",
        Title = "List images",
        Description = "Lists pictures made here, newest first, and files in the inbox. Free; changes nothing.",
        InputSchema = SchemaBuilder.Object(new JsonObject
        {
            ["query"] = SchemaBuilder.Text("Words of the prompt, each matched from its beginning."),
            ["limit"] = SchemaBuilder.Integer($"Default {DefaultLimit}.", 1, MaxLimit),
            ["cursor"] = SchemaBuilder.Text("next_cursor of the page before."),
        }).CloseToElement(),
        OutputSchema = SchemaBuilder.Object(
            new JsonObject
            {
                ["summary"] = SchemaBuilder.Typed("string"),
                ["images"] = SchemaBuilder.List(SchemaBuilder.Object(
                    new JsonObject { ["id"] = SchemaBuilder.Typed("string"), ["uri"] = SchemaBuilder.Typed("string"), ["prompt"] = SchemaBuilder.Typed("string") },
                    "id",
                    "uri",
                    "prompt")),
                ["inbox"] = SchemaBuilder.List(SchemaBuilder.Typed("string")),
            },
            "summary",
            "images",
            "inbox").ToElement(),
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    public IEnumerable<Violation> Validate(Caller caller, ArgumentValidationResult arguments)
    {
        if (ParseArguments(arguments.Values) is { Cursor: { } cursor } && !TryParseCursor(cursor, out _))
        {
            yield return new Violation("cursor", "next_cursor of an earlier page, or nothing to begin with the newest", Violation.Quote(cursor));
        }
    }

    public async Task<ToolResponse> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = ParseArguments(call.Arguments);
        var page = await catalog.ListAsync(
            call.Caller.Owner,
            new ImageQuery
            {
                Words = arguments.Query,
                Limit = arguments.Limit ?? DefaultLimit,
                Before = TryParseCursor(arguments.Cursor, out var position) ? position : null,
            },
            cancellationToken);

        var waiting = arguments.Cursor is null ? inbox.ListFileNames() : [];
        var summary = FormatSummary(page, waiting);
        return new ToolResponse { Text = summary, Structured = ToJson(page, waiting, summary) };
    }

    private string FormatSummary(ImagePage page, IReadOnlyList<string> waiting)
    {
        var text = new StringBuilder();
        text.Append(page.Images is [] ? "No pictures match." : string.Create(CultureInfo.InvariantCulture, $"{page.Images.Count} pictures, newest first:"));
        foreach (var image in page.Images)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{image.Id} {image.File.Size} {image.Created.UtcDateTime:yyyy-MM-dd HH:mm} UTC \"{TextTruncation.Truncate(image.Prompt, MaxPromptLength)}\" {store.GetAbsolutePath(image.File) ?? ImageUri.FromId(image.Id)}");
        }

        if (page.Next is { } next)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nMore: call again with cursor \"{FormatCursor(next)}\".");
        }

        if (waiting is not [])
        {
            text.Append(CultureInfo.InvariantCulture, $"\nIn the inbox ({inbox.Folder}): {string.Join(", ", waiting)}");
        }

        return text.ToString();
    }

    private JsonObject ToJson(ImagePage page, IReadOnlyList<string> waiting, string summary)
    {
        var json = new JsonObject
        {
            ["summary"] = summary,
            ["images"] = new JsonArray([.. page.Images.Select(ToJson)]),
            ["inbox"] = new JsonArray([.. waiting.Select(name => (JsonNode)name)]),
        };

        if (page.Next is { } next)
        {
            json["next_cursor"] = FormatCursor(next);
        }

        return json;
    }

    private JsonObject ToJson(ImageRecord image)
    {
        var json = ImageJson.Create(image);
        if (store.GetAbsolutePath(image.File) is { } path)
        {
            json["path"] = path;
        }

        json["prompt"] = TextTruncation.Truncate(image.Prompt, MaxPromptLength);
        json["created"] = image.Created.ToString("O", CultureInfo.InvariantCulture);
        json["model"] = image.Model;
        json["backend"] = image.Backend;
        return json;
    }

    /// <summary>With a letter before it, because some clients turn a text of digits into a number.</summary>
    private static string FormatCursor(long position) => string.Create(CultureInfo.InvariantCulture, $"c{position}");

    private static bool TryParseCursor(string? cursor, out long position)
    {
        position = 0;
        return cursor is ['c', .. var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out position);
    }

    private static ListImagesArguments ParseArguments(JsonElement arguments) => arguments.Deserialize(ToolJsonContext.Default.ListImagesArguments)!;
}

/// <summary>The arguments of list_images.</summary>
internal sealed record ListImagesArguments
{
    public string? Query { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}
