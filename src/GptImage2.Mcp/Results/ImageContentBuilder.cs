using GptImage2.Generation.Inputs;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results.Views;

namespace GptImage2.Mcp.Results;

/// <summary>Shows images within the size that a result may have.</summary>
internal sealed class ImageContentBuilder(IImageStore store, ResultOptions options, ViewHistory views, NumberedSheet sheets)
{
    /// <summary>For the envelope around a result, and for what the preview's caption adds to it.</summary>
    private const int EnvelopeBytes = 6_000;

    public IReadOnlyList<ContentBlock> CreateLinks(IReadOnlyList<DeliveredImage> images) => options.ResourceLinks
        ? [.. images.Select(image => CreateLink(image.Record))]
        : [];

    /// <summary>One block for all images: the image itself, a preview of it, or a sheet of numbered previews.</summary>
    /// <param name="rest">Everything else in the result; the block gets the bytes that it leaves.</param>
    public ImageContent CreateJobContent(CallerSession session, IReadOnlyList<DeliveredImage> images, ImageViewMode mode, ToolResponse rest)
    {
        if (images is [] || mode is ImageViewMode.None)
        {
            return ImageContent.Empty;
        }

        try
        {
            var budget = ComputeByteBudget(rest);
            return images switch
            {
                [var only] when mode is ImageViewMode.Full && only.Record.File.Bytes <= budget => CreateFullImage(session, only.Record.File),
                [var only] => CreatePreview(session, only.Record, mode, budget),
                _ => CreateContactSheet(session, images, budget),
            };
        }
        catch (Exception failure) when (failure is ImageException or UnreadableImageException or ImagingUnavailableException or IOException)
        {
            return ImageContent.Empty with { Warnings = [$"No preview could be made: {failure.Message}"] };
        }
    }

    /// <summary>One image to look at.</summary>
    /// <param name="crop">Turns the image's size, and what was shown of it before, into the part to show; null for the whole.</param>
    /// <exception cref="UnreadableImageException">It is no image, or it is damaged or too large.</exception>
    /// <param name="maxEdge">Longest edge in pixels; null for as large as is useful.</param>
    public ToolResponse CreateViewResponse(CallerSession session, ResolvedImage resolved, int? maxEdge, Func<Dimensions, DisplayedView?, PixelArea>? crop)
    {
        var info = ImageHeader.Read(resolved.Image);
        var hash = resolved.ComputeHash();
        var part = crop?.Invoke(info.Size, views.Find(session, hash));
        var preview = PreviewGenerator.Create(resolved.Image, new PreviewOptions
        {
            MaxEdge = maxEdge ?? PreviewOptions.DefaultMaxEdge,
            MaxBytes = ComputeByteBudget(new ToolResponse { Text = "" }),
            Crop = part,
            Enlargement = part is { } area ? PreviewOptions.ChooseEnlargement(area.Size, maxEdge) : 1,
        });
        views.Remember(session, hash, new DisplayedView(part ?? PixelArea.FromSize(info.Size), preview.Size));
        var name = resolved.Record?.Id ?? "The image";
        return new ToolResponse
        {
            Text = (part is { } detail
                ? $"{name} is {info.Size} {info.Format.Name}. Shown: the part {detail.Size} at {detail.Left},{detail.Top}, at {preview.Size}{DescribeEnlargement(detail.Size, preview.Size)}; units preview now means pixels of this view."
                : $"{name} is {info.Size} {info.Format.Name}{(info.HasAlpha ? " with an alpha channel" : "")}. Shown at {preview.Size}.")
                + (FrameNotes.Describe(info) is { } frames ? $" Note: {frames}" : ""),
            Blocks = [CreateBlock(preview)],
        };
    }

    /// <summary>A small view of an image, and a link to it where it is one of ours.</summary>
    /// <exception cref="UnreadableImageException">It is no image, or it is damaged or too large.</exception>
    public IReadOnlyList<ContentBlock> CreateThumbnailContent(ResolvedImage resolved, int maxEdge, bool linkable)
    {
        var preview = PreviewGenerator.Create(resolved.Image, new PreviewOptions { MaxEdge = maxEdge, MaxBytes = options.MaxBytes / 8 });
        return linkable && options.ResourceLinks && resolved.Record is { } record ? [CreateLink(record), CreateBlock(preview)] : [CreateBlock(preview)];
    }

    /// <summary>The image to edit with the exact region that would change drawn over it.</summary>
    public ImageContent CreateOverlay(CallerSession session, JobPlan plan, ToolResponse rest)
    {
        if (plan is not { Region: { } region, Inputs: [var input, ..] })
        {
            return ImageContent.Empty;
        }

        var overlay = input.Resolved.ReadWith(image => RegionOverlay.Render(image, region.Mask, region.Feather, maxBytes: ComputeByteBudget(rest)));
        views.Remember(session, input.Resolved.ComputeHash(), new DisplayedView(PixelArea.FromSize(input.Header.Size), overlay.Size));
        return new ImageContent(CreateBlock(overlay), overlay.Size, $"Shown: the image at {overlay.Size}; what is tinted and outlined would change.", []);
    }

    private static string DescribeEnlargement(Dimensions detail, Dimensions shown) => shown.Width > detail.Width ? $", enlarged {(double)shown.Width / detail.Width:0.#}x" : "";

    /// <summary>The largest encoded size of an image block, in bytes.</summary>
    /// <param name="rest">Everything else in the result.</param>
    public int ComputeByteBudget(ToolResponse rest)
    {
        // The text is there twice: as a block, and as the summary of the structured content.
        var used = (2 * JsonEncodedText.Encode(rest.Text).EncodedUtf8Bytes.Length)
            + (rest.Structured?.ToJsonString().Length ?? 0)
            + rest.Blocks.Sum(block => JsonSerializer.SerializeToUtf8Bytes(block, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ContentBlock))).Length);

        // Base64 takes 4 characters for 3 bytes, and the transport writes each plus sign as six: a twelfth more at the worst seen.
        return Math.Max((int)((options.MaxBytes - used - EnvelopeBytes) / 4.0 * 3 / 1.12), 4_000);
    }

    /// <summary>The file itself, which may be larger than hosts show.</summary>
    private ImageContent CreateFullImage(CallerSession session, StoredFile file)
    {
        using var stream = store.OpenRead(file);
        var bytes = new byte[file.Bytes];
        stream.ReadExactly(bytes);
        var view = DisplayedView.ForFile(file.Size);
        views.Remember(session, file.Sha256, view);
        return new ImageContent(
            ImageContentBlock.FromBytes(bytes, file.Format.MediaType),
            view.Size,
            $"Shown: the file itself, {file.Size}{(view.Size is null ? "; you may see it smaller, so units preview cannot be used for it" : "")}.",
            []);
    }

    private ImageContent CreatePreview(CallerSession session, ImageRecord record, ImageViewMode mode, int budget)
    {
        var file = record.File;
        var preview = PreviewGenerator.Create(store.Open(file), new PreviewOptions { MaxBytes = budget });
        views.Remember(session, file.Sha256, new DisplayedView(PixelArea.FromSize(file.Size), preview.Size));
        string[] warnings = mode is ImageViewMode.Full
            ? [$"view: the whole file ({file.Bytes:N0} bytes) is too large for a result, so a preview is shown; read it as a resource or from its {(session.Caller.LocalPathsAllowed ? "path" : "link")}."]
            : [];
        return new ImageContent(CreateBlock(preview), preview.Size, $"Shown: a preview of {preview.Size}.", warnings);
    }

    private ImageContent CreateContactSheet(CallerSession session, IReadOnlyList<DeliveredImage> images, int budget)
    {
        var tiles = images.Select((image, index) => new SheetImage(index + 1, store.Open(image.Record.File), image.Record.File.Size, image.Record.File.Sha256));
        var sheet = sheets.Create(session, [.. tiles], PreviewOptions.DefaultMaxEdge, budget);
        return new ImageContent(CreateBlock(sheet), null, "Shown: all images on one sheet, numbered as above. view_image shows one alone.", []);
    }

    public static ImageContentBlock CreateBlock(EncodedPreview preview) => ImageContentBlock.FromBytes(preview.Bytes, preview.Format.MediaType);

    private static ResourceLinkBlock CreateLink(ImageRecord record) => new()
    {
        Uri = ImageUri.FromId(record.Id),
        Name = record.File.Location is StorageLocation.Memory ? record.Id : Path.GetFileName(record.File.Path),
        MimeType = record.File.Format.MediaType,
        Size = record.File.Bytes,
    };
}

/// <summary>What is shown of a job's images.</summary>
/// <param name="SingleSize">The shown size in pixels when one image is shown alone.</param>
/// <param name="Caption">What the reader should know about it.</param>
internal sealed record ImageContent(ContentBlock? Block, Dimensions? SingleSize, string? Caption, IReadOnlyList<string> Warnings)
{
    public static ImageContent Empty { get; } = new(null, null, null, []);
}
