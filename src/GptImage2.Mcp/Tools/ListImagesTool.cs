using GptImage2.Generation.Inputs;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Results.Links;
using GptImage2.Mcp.Results.Lists;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools;

/// <summary>What was made, newest first, and what the user has put into the inbox.</summary>
internal sealed class ListImagesTool(
    IImageCatalog catalog, ImageSearch search, IImageStore store, ICopyHistory history, Inbox inbox, SharedFiles shared, SheetContentBuilder sheets, IDownloadLinks links)
    : Tool<ListImagesArguments>(ToolJsonContext.Default.ListImagesArguments)
{
    private const int DefaultLimit = 20;
    private const int DefaultLimitOfShown = 12;
    private const int MaxLimit = 100;

    /// <summary>How many of the newest images' prompts give other words to search for.</summary>
    private const int SuggestedFrom = 300;

    private const int MaxPromptLength = 120;

    /// <summary>A link is long: on a longer page the text leaves it to the structured content.</summary>
    private const int MaxLinksInText = 10;

    private const int MaxSharedNames = 10;

    public override Tool GetDefinition() => new()
    {
        Name = "list_images",
        Title = "List images",
        Description = "Lists images made here, newest first, and files that wait to be used. Free.",
        InputSchema = SchemaBuilder.Object(new JsonObject
        {
            ["query"] = SchemaBuilder.Text("Words of prompts, or an id."),
            ["limit"] = SchemaBuilder.Integer($"Default {DefaultLimit}, at most {MaxLimit}.", 1, MaxLimit),
            ["show"] = SchemaBuilder.Flag("Also show them on a sheet."),
            ["cursor"] = SchemaBuilder.Text("next_cursor of the previous page."),
        }).CloseToElement(),
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    protected override IEnumerable<Violation> Validate(ListImagesArguments arguments, ArgumentValidationResult shape) =>
        arguments.Cursor is { } cursor && ImagePosition.TryParse(cursor) is null ? [CreateUnknownCursorViolation(cursor)] : [];

    protected override async Task CheckAsync(ListImagesArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        if (ImagePosition.TryParse(arguments.Cursor) is { } position && !await position.IsKnownAsync(catalog, call.Caller.Owner, cancellationToken))
        {
            throw new InvalidRequestException([CreateUnknownCursorViolation(arguments.Cursor!)]);
        }
    }

    protected override async Task<ToolResponse> InvokeAsync(ListImagesArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        await CheckAsync(arguments, call, cancellationToken);
        var show = arguments.Show is true;
        var query = new ImageQuery { Words = arguments.Query, Limit = arguments.Limit ?? (show ? DefaultLimitOfShown : DefaultLimit), Before = ImagePosition.TryParse(arguments.Cursor) };
        var page = await search.ListAsync(call.Caller.Owner, query, cancellationToken);
        var copies = await FindCopiesAsync(call.Caller, page, cancellationToken);

        // Files of this machine are only there for the user of this machine.
        var waiting = arguments.Cursor is null && call.Caller.LocalPathsAllowed ? inbox.ListFileNames() : [];
        var attached = arguments.Cursor is null && call.Caller.Attachments is { } attachments ? Inbox.ListFileNames(attachments) : [];
        var sharedNames = arguments.Cursor is null && !call.Caller.LocalPathsAllowed ? shared.ListNames(MaxSharedNames) : [];
        var next = page.Next?.ToString();
        string? FindLink(ImageRecord image) => page.Images.Count <= MaxLinksInText ? links.Create(call.Caller, image) : null;
        var text = new ImageListText(call.Session.IfPathsAllowed(store.Root), copies, FindLink, show);

        string?[] lines =
        [
            page.Images is [] ? arguments.Cursor is null ? await ExplainEmptyAsync(call.Caller, arguments.Query, cancellationToken) : "No more images." : text.FormatHeadline(page),
            .. page.Images.Select((image, index) => text.FormatLine(image, index + 1)),
            next is null ? null : $"More: call again with cursor \"{next}\".",
            waiting is [] ? null : $"In the inbox ({inbox.Folder}): {string.Join(", ", waiting)}",
            attached is [] ? null : $"Attached in the chat, by name: {string.Join(", ", attached)}",
            sharedNames is [] ? null : $"Shared files, among others, by name: {string.Join(", ", sharedNames)}",
        ];
        var summary = string.Join('\n', lines.Where(line => line is not null));
        var json = new JsonObject
        {
            ["summary"] = summary,
            ["images"] = new JsonArray([.. page.Images.Select(image => ToJson(image, call.Session.IfPathsAllowed(store.GetAbsolutePath(image.File)), links.Create(call.Caller, image), copies.GetValueOrDefault(image.Id)))]),
            ["total"] = page.Total,
            ["inbox"] = waiting.ToJsonArray(),
            ["attached"] = attached is [] ? null : attached.ToJsonArray(),
            ["shared"] = sharedNames is [] ? null : sharedNames.ToJsonArray(),
            ["next_cursor"] = next,
        };
        var response = new ToolResponse { Text = summary, Structured = json.WithoutNulls() };
        return show ? AddSheet(response, sheets.CreateListContent(call.Session, page.Images, response)) : response;
    }

    private async Task<Dictionary<string, IReadOnlyList<string>>> FindCopiesAsync(Caller caller, ImagePage page, CancellationToken cancellationToken) =>
        caller.LocalPathsAllowed && page.Images is not []
            ? (await history.ListAsync(caller.Owner, cancellationToken))
                .GroupBy(copy => copy.ImageId, copy => copy.Path)
                .ToDictionary(image => image.Key, IReadOnlyList<string> (image) => [.. image])
            : [];

    private async Task<string> ExplainEmptyAsync(Caller caller, string? typed, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(typed))
        {
            return "No images yet.";
        }

        var newest = await catalog.ListAsync(caller.Owner, new ImageQuery { Limit = SuggestedFrom }, cancellationToken);
        return SearchSuggestion.Find(typed, newest.Images) is { } near
            ? $"No images match. Call: list_images {new JsonObject { ["query"] = near }.ToJsonString()}"
            : "No images match.";
    }

    private static ToolResponse AddSheet(ToolResponse list, ImageContent sheet)
    {
        var text = sheet.Caption is null ? list.Text : $"{list.Text}\n{sheet.Caption}";
        list.Structured!["summary"] = text;
        return list with { Text = text, Blocks = sheet.Block is { } block ? [block] : [] };
    }

    private static JsonObject ToJson(ImageRecord image, string? path, string? link, IReadOnlyList<string>? copies)
    {
        var json = ImageJson.Create(image);
        json["path"] = path;
        json["download_url"] = link;
        json["made_from"] = ImageListText.GetInputs(image) is [_, ..] inputs ? inputs.ToJsonArray() : null;
        json["copies"] = copies?.ToJsonArray();
        json["prompt"] = TextTruncation.Truncate(image.Prompt, MaxPromptLength);
        json["created"] = image.Created.ToString("O");
        json["model"] = image.Model;
        json["backend"] = image.Backend;
        return json.WithoutNulls();
    }

    private static Violation CreateUnknownCursorViolation(string cursor) =>
        new("cursor", "next_cursor of an earlier page, or nothing to begin with the newest", Violation.Quote(cursor));
}

/// <summary>The arguments of list_images.</summary>
internal sealed record ListImagesArguments(string? Query, int? Limit, bool? Show, string? Cursor);
