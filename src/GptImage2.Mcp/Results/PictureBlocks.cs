using System.Globalization;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.References;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Results;

/// <summary>Shows pictures within the size that a result may have.</summary>
internal sealed class PictureBlocks(IImageStore store, ResultOptions options)
{
    /// <summary>Longest edge of a preview in pixels: what vision models look at without scaling down.</summary>
    public const int PreviewEdge = 1568;

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
                [var only] => Preview(only.Record.File, view, budget),
                _ => Sheet(images, budget),
            };
        }
        catch (Exception failure) when (failure is ImageException or UnreadableImageException or ImagingUnavailableException or IOException)
        {
            return ShownPicture.Nothing with { Warnings = [$"No preview could be made: {failure.Message}"] };
        }
    }

    /// <summary>The size of the preview that makers return of a picture this large.</summary>
    public static Dimensions PreviewSize(Dimensions original)
    {
        var scale = Math.Min(1, (double)PreviewEdge / Math.Max(original.Width, original.Height));
        return new Dimensions(Math.Max(1, (int)Math.Round(original.Width * scale)), Math.Max(1, (int)Math.Round(original.Height * scale)));
    }

    /// <summary>One picture to look at.</summary>
    /// <param name="crop">Turns the picture's size into the part to show, or null for the whole.</param>
    /// <exception cref="ImageException">It is no picture, or it is damaged or too large.</exception>
    public ToolAnswer View(FoundImage found, int maxEdge, Func<Dimensions, PixelArea>? crop)
    {
        var info = found.ReadHeader();
        var part = crop?.Invoke(info.Size);
        var options = new PreviewOptions { MaxEdge = maxEdge, MaxBytes = Budget(new ToolAnswer { Text = "" }), Crop = part };
        var preview = found.Reading(image => PreviewMaker.Make(image, options));
        var name = found.Record?.Id ?? "The picture";
        return new ToolAnswer
        {
            Text = part is { } shown
                ? $"{name} is {info.Size} {info.Format.Name}. Shown: the part {shown.Size} at {shown.Left},{shown.Top}, at {preview.Size}."
                : $"{name} is {info.Size} {info.Format.Name}{(info.HasAlpha ? " with transparency" : "")}. Shown at {preview.Size}.",
            Blocks = [Block(preview)],
        };
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

    private ShownPicture Preview(StoredFile file, PictureView view, int budget)
    {
        var edge = view is PictureView.Full ? Math.Max(file.Size.Width, file.Size.Height) : PreviewEdge;
        var preview = PreviewMaker.Make(store.Open(file), new PreviewOptions { MaxEdge = edge, MaxBytes = budget });
        string[] warnings = view is PictureView.Full
            ? [string.Create(CultureInfo.InvariantCulture, $"view: the whole file ({file.Bytes:N0} bytes) is too large for a result, so a preview is shown; read it as a resource or from its path.")]
            : [];
        return new ShownPicture(Block(preview), preview.Size, $"Shown: a preview of {preview.Size}.", warnings);
    }

    private ShownPicture Sheet(IReadOnlyList<DeliveredImage> images, int budget)
    {
        var sheet = ContactSheet.Make([.. images.Select(image => store.Open(image.Record.File))], PreviewEdge, budget);
        return new ShownPicture(Block(sheet), null, "Shown: all pictures on one sheet, numbered as above. view_image shows one alone.", []);
    }

    private static ImageContentBlock Block(EncodedPreview preview) => ImageContentBlock.FromBytes(preview.Bytes, preview.Format.MediaType);

    private static ResourceLinkBlock Link(ImageRecord record) => new()
    {
        Uri = ImageUri.Of(record.Id),
        Name = Path.GetFileName(record.File.Path),
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
