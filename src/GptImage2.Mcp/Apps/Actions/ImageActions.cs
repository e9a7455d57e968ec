using GptImage2.Generation.Favourites;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Uploads;
using GptImage2.Imaging.Codecs;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Apps.Actions;

/// <summary>What the page asks of single images.</summary>
internal sealed class ImageActions(ImageArgumentResolver resolver, IImageCatalog catalog, IImageStore store, IFavouriteStore favourites, UploadStore uploads, ImageFacts facts)
{
    private const int PreviewEdge = 1024;
    private const int DefaultThumbEdge = 256;

    /// <summary>All thumbnails of an answer together are no more than a part of an image.</summary>
    private const int MaxThumbBytes = DataUri.MaxBytes / 24;

    /// <summary>A mask of one bit a pixel is a fraction of it.</summary>
    private const int MaxMaskBytes = 4 << 20;

    /// <summary>What the image is, and what it was made from where the two can be compared pixel by pixel.</summary>
    /// <exception cref="ImageException">There is no such image, or it cannot be read.</exception>
    public async Task<ToolResponse> OpenAsync(CallerSession session, string image, CancellationToken cancellationToken)
    {
        using var resolved = await resolver.ResolveAsync(session.Caller, "image", image, cancellationToken);
        var shown = resolved.Record is { } record ? await DescribeAsync(session, record, cancellationToken) : DescribeFile(image, resolved.ReadHeader());
        shown["preview"] = resolved.ReadWith(encoded => DataUri.CreatePreview(encoded, PreviewEdge));
        return CreateResponse("Opened.", new JsonObject
        {
            ["image"] = shown,
            ["base"] = resolved.Record is { } edited ? await DescribeBaseAsync(session, edited, cancellationToken) : null,
        });
    }

    /// <summary>Small pictures of several images; those that are gone are left out.</summary>
    public async Task<ToolResponse> CreateThumbsAsync(Caller caller, IReadOnlyList<string> ids, int? edge, CancellationToken cancellationToken)
    {
        var thumbs = new JsonObject();
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            thumbs[id] = await catalog.FindAsync(caller.Owner, id, cancellationToken) is { } record ? CreateThumb(record, edge ?? DefaultThumbEdge) : null;
        }

        return CreateResponse("Small pictures.", new JsonObject { ["thumbs"] = thumbs.WithoutNulls() });
    }

    /// <returns>Null where the file is gone or damaged.</returns>
    public string? CreateThumb(ImageRecord record, int edge = DefaultThumbEdge, int maxBytes = MaxThumbBytes)
    {
        try
        {
            return DataUri.CreatePreview(store.Open(record.File), edge, maxBytes);
        }
        catch (Exception unreadable) when (unreadable is ImageException or UnreadableImageException or IOException)
        {
            return null;
        }
    }

    /// <summary>Keeps a mask for as long as an upload, so that a call can name it.</summary>
    /// <exception cref="ImageException">It is no image, or cannot be kept.</exception>
    public async Task<ToolResponse> KeepMaskAsync(Caller caller, string mask, CancellationToken cancellationToken)
    {
        using var resolved = await resolver.ResolveAsync(caller, "mask", mask, cancellationToken);
        try
        {
            await using var bytes = resolved.Image.OpenRead();
            var kept = await uploads.ReceiveAsync(caller.Owner, bytes, new UploadLimits(MaxMaskBytes), cancellationToken);
            return CreateResponse($"Kept as {kept.Id} for an hour.", new JsonObject { ["mask"] = kept.Id });
        }
        catch (UploadRefusedException refused)
        {
            throw new ImageException(new Failure { Code = FailureCode.UnreadableImage, Message = $"mask: {refused.Message}", Retry = RetryAdvice.Changed, Argument = "mask" }, refused);
        }
    }

    private async Task<JsonObject> DescribeAsync(CallerSession session, ImageRecord record, CancellationToken cancellationToken) =>
        facts.Create(session, record, (await favourites.ListAsync(session.Caller.Owner, cancellationToken)).Contains(record.Id));

    /// <returns>What an edit was made from; null where that is not of its size, or gone.</returns>
    private async Task<JsonObject?> DescribeBaseAsync(CallerSession session, ImageRecord edited, CancellationToken cancellationToken)
    {
        if (edited.Inputs?.FirstOrDefault(input => input.Role == ReferenceRole.Base.Name)?.Image is not { } id
            || await catalog.FindAsync(session.Caller.Owner, id, cancellationToken) is not { } origin
            || origin.File.Size != edited.File.Size
            || CreateThumb(origin, PreviewEdge, DataUri.MaxBytes) is not { } preview)
        {
            return null;
        }

        var json = await DescribeAsync(session, origin, cancellationToken);
        json["preview"] = preview;
        return json;
    }

    /// <summary>A file of the user's, by the name that it was asked for: who asks knows it.</summary>
    private static JsonObject DescribeFile(string name, ImageInfo header) => new()
    {
        ["name"] = name.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? "data" : Path.GetFileName(name.TrimEnd('/')),
        ["width"] = header.Size.Width,
        ["height"] = header.Size.Height,
        ["format"] = header.Format.Name,
        ["alpha"] = header.HasAlpha,
        ["favourite"] = false,
    };

    public static ToolResponse CreateResponse(string text, JsonObject json)
    {
        json["summary"] = text;
        return new ToolResponse { Text = text, Structured = json.WithoutNulls() };
    }
}
