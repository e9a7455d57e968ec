using System.Globalization;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.References;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Imaging.Masks;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Results;

/// <summary>Shows pictures within the size that a result may have.</summary>
internal sealed class PictureBlocks(IImageStore store, ResultOptions options, ShownViews shown)
{
    /// <summary>Longest edge of a preview in pixels: what vision models look at without scaling down.</summary>
    public const int PreviewEdge = PreviewOptions.DefaultMaxEdge;

    /// <summary>For the envelope around a result, and for what the preview's caption adds to it.</summary>
    private const int Reserve = 6_000;

    public IReadOnlyList<ContentBlock> Links(IReadOnlyList<DeliveredImage> images) => options.ResourceLinks
        ? [.. images.Select(image => Link(image.Record))]
        : [];

    /// <summary>One block for all pictures: the picture itself, a preview of it, or a sheet of numbered previews.</summary>
    /// <param name="rest">Everything else the result will say; the block gets what it leaves.</param>
    public ShownPicture Show(IReadOnlyList<DeliveredImage> images, PictureView view, ToolAnswer rest)
    {
        if (images is [] || view is PictureView.None)
        {
            return ShownPicture.Nothing;
        }

        try
        {
            var budget = Budget(rest);
            return images switch
            {
                [var only] when view is PictureView.Full && only.Record.File.Bytes <= budget => Whole(only.Record.File),
                [var only] => Preview(only.Record, view, budget),
                _ => Sheet(images, budget),
            };
        }
        catch (Exception failure) when (failure is ImageException or UnreadableImageException or ImagingUnavailableException or IOException)
        {
            return ShownPicture.Nothing with { Warnings = [$"No preview could be made: {failure.Message}"] };
        }
    }

    /// <summary>One picture to look at.</summary>
    /// <param name="crop">Turns the picture's size, and what was shown of it before, into the part to show; null for the whole.</param>
    /// <exception cref="UnreadableImageException">It is no picture, or it is damaged or too large.</exception>
    public ToolAnswer View(ResolvedImage found, int maxEdge, Func<Dimensions, DisplayedView?, PixelArea>? crop)
    {
        var info = ImageHeader.Read(found.Image);
        var key = found.ComputeHash();
        var part = crop?.Invoke(info.Size, shown.Of(key));
        var preview = PreviewGenerator.Create(found.Image, new PreviewOptions { MaxEdge = maxEdge, MaxBytes = Budget(new ToolAnswer { Text = "" }), Crop = part });
        shown.Remember(key, new DisplayedView(part ?? new PixelArea(0, 0, info.Size), preview.Size));
        var name = found.Record?.Id ?? "The picture";
        return new ToolAnswer
        {
            Text = part is { } detail
                ? $"{name} is {info.Size} {info.Format.Name}. Shown: the part {detail.Size} at {detail.Left},{detail.Top}, at {preview.Size}; units preview now counts pixels of this view."
                : $"{name} is {info.Size} {info.Format.Name}{(info.HasAlpha ? " with an alpha channel" : "")}. Shown at {preview.Size}.",
            Blocks = [Block(preview)],
        };
    }

    /// <summary>A small view of a picture, and a link to it where it is one of ours.</summary>
    /// <exception cref="UnreadableImageException">It is no picture, or it is damaged or too large.</exception>
    public IReadOnlyList<ContentBlock> Glance(ResolvedImage found, int maxEdge, bool linkable)
    {
        var preview = PreviewGenerator.Create(found.Image, new PreviewOptions { MaxEdge = maxEdge, MaxBytes = options.MaxBytes / 8 });
        return linkable && options.ResourceLinks && found.Record is { } record ? [Link(record), Block(preview)] : [Block(preview)];
    }

    /// <summary>The picture to edit with the exact part that would change drawn over it.</summary>
    public ShownPicture Overlay(JobPlan plan, ToolAnswer rest)
    {
        if (plan is not { Region: { } region, Inputs: [var input, ..] })
        {
            return ShownPicture.Nothing;
        }

        var overlay = input.Resolved.ReadWith(image => RegionOverlay.Render(image, region.Mask, region.Feather, PreviewEdge, Budget(rest)));
        shown.Remember(input.Resolved.ComputeHash(), new DisplayedView(new PixelArea(0, 0, input.Header.Size), overlay.Size));
        return new ShownPicture(Block(overlay), overlay.Size, $"Shown: the picture at {overlay.Size}; what is tinted and outlined would change.", []);
    }

    private int Budget(ToolAnswer rest)
    {
        var result = StructuredContent.Shape(rest, structured: true);
        var used = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(result, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult))).Length;

        // Base64 takes 4 characters for 3 bytes, and the transport writes each plus sign as six: a twelfth more at the worst seen.
        return Math.Max((int)((options.MaxBytes - used - Reserve) / 4.0 * 3 / 1.12), 4_000);
    }

    private ShownPicture Whole(StoredFile file)
    {
        using var stream = store.OpenRead(file);
        var bytes = new byte[file.Bytes];
        stream.ReadExactly(bytes);
        return new ShownPicture(ImageContentBlock.FromBytes(bytes, file.Format.MediaType), file.Size, "The picture is shown whole.", []);
    }

    private ShownPicture Preview(ImageRecord record, PictureView view, int budget)
    {
        var file = record.File;
        var edge = view is PictureView.Full ? Math.Max(file.Size.Width, file.Size.Height) : PreviewEdge;
        var preview = PreviewGenerator.Create(store.Open(file), new PreviewOptions { MaxEdge = edge, MaxBytes = budget });
        shown.Remember(file.Sha256, new DisplayedView(new PixelArea(0, 0, file.Size), preview.Size));
        string[] warnings = view is PictureView.Full
            ? [string.Create(CultureInfo.InvariantCulture, $"view: the whole file ({file.Bytes:N0} bytes) is too large for a result, so a preview is shown; read it as a resource or from its path.")]
            : [];
        return new ShownPicture(Block(preview), preview.Size, $"Shown: a preview of {preview.Size}.", warnings);
    }

    private ShownPicture Sheet(IReadOnlyList<DeliveredImage> images, int budget)
    {
        var sheet = ContactSheet.Create([.. images.Select(image => store.Open(image.Record.File))], PreviewEdge, budget);
        return new ShownPicture(Block(sheet), null, "Shown: all pictures on one sheet, numbered as above. view_image shows one alone.", []);
    }

    private static ImageContentBlock Block(EncodedPreview preview) => ImageContentBlock.FromBytes(preview.Bytes, preview.Format.MediaType);

    private static ResourceLinkBlock Link(ImageRecord record) => new()
    {
        Uri = ImageUri.Of(record.Id),
        Name = record.File.Location is StorageLocation.Memory ? record.Id : Path.GetFileName(record.File.Path),
        MimeType = record.File.Format.MediaType,
        Size = record.File.Bytes,
    };
}

/// <summary>What is shown of a job's pictures.</summary>
/// <param name="SingleSize">The shown size in pixels when one picture is shown alone.</param>
/// <param name="Caption">What the reader should know about it.</param>
internal sealed record ShownPicture(ContentBlock? Block, Dimensions? SingleSize, string? Caption, IReadOnlyList<string> Warnings)
{
    public static ShownPicture Nothing { get; } = new(null, null, null, []);
}
