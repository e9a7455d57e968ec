using System.Globalization;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Inputs;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Results;

/// <summary>Shows pictures within the size that a result may have.</summary>
internal sealed class ImageContentBuilder(IImageStore store, ResultOptions options, ViewHistory shown)
{
    /// <summary>Longest edge of a preview in pixels: what vision models look at without scaling down.</summary>
    public const int PreviewEdge = PreviewOptions.DefaultMaxEdge;

    /// <summary>For the envelope around a result, and for what the preview's caption adds to it.</summary>
    private const int EnvelopeBytes = 6_000;

    public IReadOnlyList<ContentBlock> CreateLinks(IReadOnlyList<DeliveredImage> images) => options.ResourceLinks
        ? [.. images.Select(image => CreateLink(image.Record))]
        : [];

    /// <summary>One block for all pictures: the picture itself, a preview of it, or a sheet of numbered previews.</summary>
    /// <param name="rest">Everything else the result will say; the block gets what it leaves.</param>
    public ImageContent CreateJobContent(IReadOnlyList<DeliveredImage> images, ImageViewMode view, ToolResponse rest)
    {
        if (images is [] || view is ImageViewMode.None)
        {
            return ImageContent.Empty;
        }

        try
        {
            var budget = ComputeByteBudget(rest);
            return images switch
            {
                [var only] when view is ImageViewMode.Full && only.Record.File.Bytes <= budget => CreateFullImage(only.Record.File),
                [var only] => CreatePreview(only.Record, view, budget),
                _ => CreateContactSheet(images, budget),
            };
        }
        catch (Exception failure) when (failure is ImageException or UnreadableImageException or ImagingUnavailableException or IOException)
        {
            return ImageContent.Empty with { Warnings = [$"No preview could be made: {failure.Message}"] };
        }
    }

    /// <summary>One picture to look at.</summary>
    /// <param name="crop">Turns the picture's size, and what was shown of it before, into the part to show; null for the whole.</param>
    /// <exception cref="UnreadableImageException">It is no picture, or it is damaged or too large.</exception>
    public ToolResponse CreateViewAnswer(ResolvedImage found, int maxEdge, Func<Dimensions, DisplayedView?, PixelArea>? crop)
    {
        var info = ImageHeader.Read(found.Image);
        var key = found.ComputeHash();
        var part = crop?.Invoke(info.Size, shown.Find(key));
        var preview = PreviewGenerator.Create(found.Image, new PreviewOptions { MaxEdge = maxEdge, MaxBytes = ComputeByteBudget(new ToolResponse { Text = "" }), Crop = part });
        shown.Remember(key, new DisplayedView(part ?? new PixelArea(0, 0, info.Size), preview.Size));
        var name = found.Record?.Id ?? "The picture";
        return new ToolResponse
        {
            Text = part is { } detail
                ? $"{name} is {info.Size} {info.Format.Name}. Shown: the part {detail.Size} at {detail.Left},{detail.Top}, at {preview.Size}; units preview now counts pixels of this view."
                : $"{name} is {info.Size} {info.Format.Name}{(info.HasAlpha ? " with an alpha channel" : "")}. Shown at {preview.Size}.",
            Blocks = [CreateBlock(preview)],
        };
    }

    /// <summary>A small view of a picture, and a link to it where it is one of ours.</summary>
    /// <exception cref="UnreadableImageException">It is no picture, or it is damaged or too large.</exception>
    public IReadOnlyList<ContentBlock> CreateThumbnailContent(ResolvedImage found, int maxEdge, bool linkable)
    {
        var preview = PreviewGenerator.Create(found.Image, new PreviewOptions { MaxEdge = maxEdge, MaxBytes = options.MaxBytes / 8 });
        return linkable && options.ResourceLinks && found.Record is { } record ? [CreateLink(record), CreateBlock(preview)] : [CreateBlock(preview)];
    }

    /// <summary>The picture to edit with the exact part that would change drawn over it.</summary>
    public ImageContent CreateOverlay(JobPlan plan, ToolResponse rest)
    {
        if (plan is not { Region: { } region, Inputs: [var input, ..] })
        {
            return ImageContent.Empty;
        }

        var overlay = input.Resolved.ReadWith(image => RegionOverlay.Render(image, region.Mask, region.Feather, PreviewEdge, ComputeByteBudget(rest)));
        shown.Remember(input.Resolved.ComputeHash(), new DisplayedView(new PixelArea(0, 0, input.Header.Size), overlay.Size));
        return new ImageContent(CreateBlock(overlay), overlay.Size, $"Shown: the picture at {overlay.Size}; what is tinted and outlined would change.", []);
    }

    private int ComputeByteBudget(ToolResponse rest)
    {
        var result = StructuredContent.ToCallToolResult(rest, structured: true);
        var used = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(result, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult))).Length;

        // Base64 takes 4 characters for 3 bytes, and the transport writes each plus sign as six: a twelfth more at the worst seen.
        return Math.Max((int)((options.MaxBytes - used - EnvelopeBytes) / 4.0 * 3 / 1.12), 4_000);
    }

    private ImageContent CreateFullImage(StoredFile file)
    {
        using var stream = store.OpenRead(file);
        var bytes = new byte[file.Bytes];
        stream.ReadExactly(bytes);
        return new ImageContent(ImageContentBlock.FromBytes(bytes, file.Format.MediaType), file.Size, "The picture is shown whole.", []);
    }

    private ImageContent CreatePreview(ImageRecord record, ImageViewMode view, int budget)
    {
        var file = record.File;
        var edge = view is ImageViewMode.Full ? Math.Max(file.Size.Width, file.Size.Height) : PreviewEdge;
        var preview = PreviewGenerator.Create(store.Open(file), new PreviewOptions { MaxEdge = edge, MaxBytes = budget });
        shown.Remember(file.Sha256, new DisplayedView(new PixelArea(0, 0, file.Size), preview.Size));
        string[] warnings = view is ImageViewMode.Full
            ? [string.Create(CultureInfo.InvariantCulture, $"view: the whole file ({file.Bytes:N0} bytes) is too large for a result, so a preview is shown; read it as a resource or from its path.")]
            : [];
        return new ImageContent(CreateBlock(preview), preview.Size, $"Shown: a preview of {preview.Size}.", warnings);
    }

    private ImageContent CreateContactSheet(IReadOnlyList<DeliveredImage> images, int budget)
    {
        var sheet = ContactSheet.Create([.. images.Select(image => store.Open(image.Record.File))], PreviewEdge, budget);
        return new ImageContent(CreateBlock(sheet), null, "Shown: all pictures on one sheet, numbered as above. view_image shows one alone.", []);
    }

    private static ImageContentBlock CreateBlock(EncodedPreview preview) => ImageContentBlock.FromBytes(preview.Bytes, preview.Format.MediaType);

    private static ResourceLinkBlock CreateLink(ImageRecord record) => new()
    {
        Uri = ImageUri.FromId(record.Id),
        Name = record.File.Location is StorageLocation.Memory ? record.Id : Path.GetFileName(record.File.Path),
        MimeType = record.File.Format.MediaType,
        Size = record.File.Bytes,
    };
}

/// <summary>What is shown of a job's pictures.</summary>
/// <param name="SingleSize">The shown size in pixels when one picture is shown alone.</param>
/// <param name="Caption">What the reader should know about it.</param>
internal sealed record ImageContent(ContentBlock? Block, Dimensions? SingleSize, string? Caption, IReadOnlyList<string> Warnings)
{
    public static ImageContent Empty { get; } = new(null, null, null, []);
}
