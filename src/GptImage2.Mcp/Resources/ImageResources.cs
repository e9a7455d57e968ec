using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Previews;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Results.Recipes;

namespace GptImage2.Mcp.Resources;

/// <summary>Stored images as MCP resources: the newest listed, every one readable by its id.</summary>
internal sealed class ImageResources(IImageCatalog catalog, IImageStore store, RecipeReader recipes)
{
    private const int PageSize = 50;
    private const int TitleLength = 60;
    private const string RecentUri = "images://recent";

    /// <summary>A stored image never changes.</summary>
    private static readonly TimeSpan ImmutableTimeToLive = TimeSpan.FromDays(1);

    public static ListResourceTemplatesResult ListTemplates() => new()
    {
        ResourceTemplates =
        [
            CreateTemplate("image://{id}", "image", "The image itself"),
            CreateTemplate("image://{id}/preview", "image_preview", $"A preview: longest edge at most {PreviewOptions.DefaultMaxEdge} pixels"),
            CreateTemplate("image://{id}/record", "image_record", "How the image was made, as JSON and as text with the call for its like"),
        ],
        TimeToLive = ImmutableTimeToLive,
        CacheScope = CacheScope.Private,
    };

    /// <exception cref="McpProtocolException">The cursor is none of the caller's.</exception>
    public async Task<ListResourcesResult> ListAsync(Caller caller, string? cursor, CancellationToken cancellationToken)
    {
        var before = ImagePosition.TryParse(cursor);
        if (cursor is not null && (before is null || !await before.IsKnownAsync(catalog, caller.Owner, cancellationToken)))
        {
            throw new McpProtocolException("cursor: expected nextCursor of an earlier page, or nothing to begin with the newest.", McpErrorCode.InvalidParams);
        }

        var page = await catalog.ListAsync(caller.Owner, new ImageQuery { Limit = PageSize, Before = before }, cancellationToken);
        IEnumerable<Resource> first = cursor is null
            ? [new Resource { Uri = RecentUri, Name = "recent_images", Title = "Recent images", MimeType = "application/json" }]
            : [];
        return new ListResourcesResult
        {
            Resources = [.. first, .. page.Images.Select(ToResource)],
            NextCursor = page.Next?.ToString(),
            TimeToLive = TimeSpan.Zero,
            CacheScope = CacheScope.Private,
        };
    }

    /// <returns>The contents, or null when the caller has no such resource.</returns>
    public async Task<ReadResourceResult?> ReadAsync(Caller caller, string uri, CancellationToken cancellationToken)
    {
        if (uri == RecentUri)
        {
            var page = await catalog.ListAsync(caller.Owner, new ImageQuery { Limit = PageSize }, cancellationToken);
            return CreateResult(CreateTextContents(uri, new JsonArray([.. page.Images.Select(record => (JsonNode)ImageJson.Create(record))]).ToJsonString()), TimeSpan.Zero);
        }

        if (!uri.StartsWith(ImageUri.Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = uri[ImageUri.Scheme.Length..].Split('/', 2);
        return await catalog.FindAsync(caller.Owner, parts[0], cancellationToken) is { } record
            ? parts switch
            {
                [_] => CreateResult(await ReadFileAsync(uri, record.File, cancellationToken), ImmutableTimeToLive),
                [_, "preview"] => CreateResult(CreatePreview(uri, record.File), ImmutableTimeToLive),
                [_, "record"] => await ReadRecordAsync(caller, uri, record, cancellationToken),
                _ => null,
            }
            : null;
    }

    /// <summary>The text names files that are kept for a day only.</summary>
    private async Task<ReadResourceResult> ReadRecordAsync(Caller caller, string uri, ImageRecord record, CancellationToken cancellationToken) => new()
    {
        Contents =
        [
            CreateTextContents(uri, ToVisibleRecord(caller, record).ToJson()),
            new TextResourceContents { Uri = uri, MimeType = "text/plain", Text = await recipes.ReadAsync(caller, record, cancellationToken) },
        ],
        TimeToLive = TimeSpan.Zero,
        CacheScope = CacheScope.Private,
    };

    private static ImageRecord ToVisibleRecord(Caller caller, ImageRecord record) => caller.LocalPathsAllowed
        ? record
        : record with { File = record.File with { Path = Path.GetFileName(record.File.Path) } };

    private async Task<ResourceContents> ReadFileAsync(string uri, StoredFile file, CancellationToken cancellationToken)
    {
        await using var stream = store.OpenRead(file);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return BlobResourceContents.FromBytes(bytes, uri, file.Format.MediaType);
    }

    private BlobResourceContents CreatePreview(string uri, StoredFile file)
    {
        var preview = PreviewGenerator.Create(store.Open(file), new PreviewOptions());
        return BlobResourceContents.FromBytes(preview.Bytes, uri, preview.Format.MediaType);
    }

    private static Resource ToResource(ImageRecord record) => new()
    {
        Uri = ImageUri.FromId(record.Id),
        Name = record.Id,
        Title = TextTruncation.Truncate(record.Prompt, TitleLength),
        Description = $"{record.File.Size} {record.File.Format.Name}, {record.Created.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
        MimeType = record.File.Format.MediaType,
        Size = record.File.Bytes,
    };

    private static TextResourceContents CreateTextContents(string uri, string json) => new() { Uri = uri, MimeType = "application/json", Text = json };

    private static ReadResourceResult CreateResult(ResourceContents contents, TimeSpan timeToLive) =>
        new() { Contents = [contents], TimeToLive = timeToLive, CacheScope = CacheScope.Private };

    private static ResourceTemplate CreateTemplate(string uri, string name, string description) =>
        new() { UriTemplate = uri, Name = name, Description = description };
}
