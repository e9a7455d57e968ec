using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Failures;
using GptImage2.Generation.References;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Results;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>What was made, newest first, and what the user has put into the inbox.</summary>
internal sealed class ListImagesTool(IImageCatalog catalog, IImageStore store, Inbox inbox) : ITool
{
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;
    private const int ShownPrompt = 120;

    public Tool Define() => new()
    {
        Name = "list_images",
        Title = "List images",
        Description = "Lists pictures made here, newest first, and files in the inbox. Free; changes nothing.",
        InputSchema = Schema.Object(new JsonObject
        {
            ["query"] = Schema.Text("Words of the prompt, each matched from its beginning."),
            ["limit"] = Schema.Integer($"Default {DefaultLimit}.", 1, MaxLimit),
            ["cursor"] = Schema.Text("next_cursor of the page before."),
        }).Closed(),
        OutputSchema = Schema.Object(
            new JsonObject
            {
                ["summary"] = Schema.Of("string"),
                ["images"] = Schema.List(Schema.Object(
                    new JsonObject { ["id"] = Schema.Of("string"), ["uri"] = Schema.Of("string"), ["prompt"] = Schema.Of("string") },
                    "id",
                    "uri",
                    "prompt")),
                ["inbox"] = Schema.List(Schema.Of("string")),
            },
            "summary",
            "images",
            "inbox").ToElement(),
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    public IEnumerable<Violation> Check(Caller caller, CheckedArguments arguments)
    {
        if (Read(arguments.Values) is { Cursor: { } cursor } && !TryPosition(cursor, out _))
        {
            yield return new Violation("cursor", "next_cursor of an earlier page, or nothing to begin with the newest", Violation.Quote(cursor));
        }
    }

    public async Task<ToolAnswer> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var arguments = Read(call.Arguments);
        var page = await catalog.ListAsync(
            call.Caller.Owner,
            new ImageQuery
            {
                Words = arguments.Query,
                Limit = arguments.Limit ?? DefaultLimit,
                Before = TryPosition(arguments.Cursor, out var position) ? position : null,
            },
            cancellationToken);

        var waiting = arguments.Cursor is null ? inbox.ListFileNames() : [];
        var summary = Summarise(page, waiting);
        return new ToolAnswer { Text = summary, Structured = Json(page, waiting, summary) };
    }

    private string Summarise(ImagePage page, IReadOnlyList<string> waiting)
    {
        var text = new StringBuilder();
        text.Append(page.Images is [] ? "No pictures match." : string.Create(CultureInfo.InvariantCulture, $"{page.Images.Count} pictures, newest first:"));
        foreach (var image in page.Images)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{image.Id} {image.File.Size} {image.Created.UtcDateTime:yyyy-MM-dd HH:mm} UTC \"{ShortText.Of(image.Prompt, ShownPrompt)}\" {store.GetAbsolutePath(image.File) ?? ImageUri.Of(image.Id)}");
        }

        if (page.Next is { } next)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nMore: call again with cursor \"{Cursor(next)}\".");
        }

        if (waiting is not [])
        {
            text.Append(CultureInfo.InvariantCulture, $"\nIn the inbox ({inbox.Folder}): {string.Join(", ", waiting)}");
        }

        return text.ToString();
    }

    private JsonObject Json(ImagePage page, IReadOnlyList<string> waiting, string summary)
    {
        var json = new JsonObject
        {
            ["summary"] = summary,
            ["images"] = new JsonArray([.. page.Images.Select(Json)]),
            ["inbox"] = new JsonArray([.. waiting.Select(name => (JsonNode)name)]),
        };

        if (page.Next is { } next)
        {
            json["next_cursor"] = Cursor(next);
        }

        return json;
    }

    private JsonObject Json(ImageRecord image)
    {
        var json = ImageJson.Of(image);
        if (store.GetAbsolutePath(image.File) is { } path)
        {
            json["path"] = path;
        }

        json["prompt"] = ShortText.Of(image.Prompt, ShownPrompt);
        json["created"] = image.Created.ToString("O", CultureInfo.InvariantCulture);
        json["model"] = image.Model;
        json["backend"] = image.Backend;
        return json;
    }

    /// <summary>With a letter before it, because some clients turn a text of digits into a number.</summary>
    private static string Cursor(long position) => string.Create(CultureInfo.InvariantCulture, $"c{position}");

    private static bool TryPosition(string? cursor, out long position)
    {
        position = 0;
        return cursor is ['c', .. var digits] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out position);
    }

    private static ListArguments Read(JsonElement arguments) => arguments.Deserialize(ToolJson.Default.ListArguments)!;
}

/// <summary>The arguments of list_images.</summary>
internal sealed record ListArguments
{
    public string? Query { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}
