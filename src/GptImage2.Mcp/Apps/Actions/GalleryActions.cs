using GptImage2.Generation.Favourites;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Apps.Actions;

/// <summary>The page's gallery: all images by page, or the favourites.</summary>
internal sealed class GalleryActions(IImageCatalog catalog, ImageSearch search, IFavouriteStore favourites, ImageArgumentResolver resolver, ImageActions images, ImageFacts facts)
{
    private const int DefaultLimit = 24;
    private const int ThumbEdge = 192;

    /// <exception cref="ImageException">The cursor is none of the caller's, or the catalog cannot be read.</exception>
    public async Task<ToolResponse> ListAsync(CallerSession session, StudioActionArguments arguments, CancellationToken cancellationToken)
    {
        var owner = session.Caller.Owner;
        var before = await ReadCursorAsync(owner, arguments.Cursor, cancellationToken);
        var marked = await favourites.ListAsync(owner, cancellationToken);
        var page = arguments.Favourites is true
            ? await ListFavouritesAsync(owner, marked, arguments, before, cancellationToken)
            : await search.ListAsync(owner, new ImageQuery { Words = arguments.Query, Limit = arguments.Limit ?? DefaultLimit, Before = before }, cancellationToken);
        return ImageActions.CreateResponse($"{page.Images.Count} images.", new JsonObject
        {
            ["images"] = new JsonArray([.. page.Images.Select(image => CreateEntry(session, image, marked.Contains(image.Id)))]),
            ["total"] = page.Total,
            ["next_cursor"] = page.Next?.ToString(),
        });
    }

    /// <exception cref="ImageException">The image is none that was made here.</exception>
    public async Task<ToolResponse> MarkAsync(Caller caller, string image, bool isFavourite, CancellationToken cancellationToken)
    {
        using var resolved = await resolver.ResolveAsync(caller, "image", image, cancellationToken);
        if (resolved.Record is not { } record)
        {
            throw new InvalidRequestException([new Violation("image", "an image that was made here", Violation.Quote(image))]);
        }

        await favourites.SetAsync(caller.Owner, record.Id, isFavourite, cancellationToken);
        return ImageActions.CreateResponse(isFavourite ? "A favourite." : "No favourite.", new JsonObject { ["id"] = record.Id, ["favourite"] = isFavourite });
    }

    private async Task<ImagePosition?> ReadCursorAsync(string owner, string? cursor, CancellationToken cancellationToken)
    {
        if (cursor is null)
        {
            return null;
        }

        return ImagePosition.TryParse(cursor) is { } position && await position.IsKnownAsync(catalog, owner, cancellationToken)
            ? position
            : throw new InvalidRequestException([new Violation("cursor", "next_cursor of the previous page", Violation.Quote(cursor))]);
    }

    /// <summary>Few enough to be read one by one.</summary>
    private async Task<ImagePage> ListFavouritesAsync(string owner, IReadOnlyList<string> marked, StudioActionArguments arguments, ImagePosition? before, CancellationToken cancellationToken)
    {
        string[] words = (arguments.Query ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var found = new List<ImageRecord>();
        foreach (var id in marked)
        {
            if (await catalog.FindAsync(owner, id, cancellationToken) is { } record && words.All(word => record.Prompt.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                found.Add(record);
            }
        }

        var limit = arguments.Limit ?? DefaultLimit;
        ImageRecord[] page = [.. found.Skip(before is null ? 0 : found.FindIndex(image => image.Id == before.Id) + 1).Take(limit)];
        return new ImagePage(page, page is [.., var last] && last != found[^1] ? new ImagePosition(last.Id, 0) : null) { Total = found.Count };
    }

    private JsonObject CreateEntry(CallerSession session, ImageRecord image, bool isFavourite)
    {
        var json = facts.Create(session, image, isFavourite);
        json["thumb"] = images.CreateThumb(image, ThumbEdge);
        return json.WithoutNulls();
    }
}
