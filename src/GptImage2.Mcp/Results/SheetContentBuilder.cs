using GptImage2.Generation.Inputs;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Previews;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results.Views;

namespace GptImage2.Mcp.Results;

/// <summary>Shows several images on one numbered sheet, and says which number is which.</summary>
internal sealed class SheetContentBuilder(IImageStore store, ImageContentBuilder content, NumberedSheet sheets)
{
    /// <summary>Several images to compare, numbered in their order.</summary>
    /// <param name="names">What to call each.</param>
    /// <exception cref="UnreadableImageException">One of them is damaged.</exception>
    public ToolResponse CreateSheetResponse(CallerSession session, IReadOnlyList<ResolvedImage> images, IReadOnlyList<string> names, int? maxEdge)
    {
        ImageInfo[] headers = [.. images.Select(image => image.ReadHeader())];
        var lines = string.Join('\n', headers.Zip(names).Select((image, index) => $"{index + 1}. {image.Second} {image.First.Size} {image.First.Format.Name}"));
        var sheet = sheets.Create(
            session,
            [.. images.Select((image, index) => new SheetImage(index + 1, image.Image, headers[index].Size, image.ComputeHash()))],
            maxEdge ?? PreviewOptions.DefaultMaxEdge,
            content.ComputeByteBudget(new ToolResponse { Text = lines }));
        return new ToolResponse { Text = $"{images.Count} images on one sheet, {sheet.Size}:\n{lines}", Blocks = [ImageContentBuilder.CreateBlock(sheet)] };
    }

    /// <summary>The images of a list on one sheet, as far as they fit and their files are there.</summary>
    /// <param name="rest">Everything else in the result; the block gets the bytes that it leaves.</param>
    public ImageContent CreateListContent(CallerSession session, IReadOnlyList<ImageRecord> images, ToolResponse rest)
    {
        SheetImage?[] tiles = [.. images.Take(ContactSheet.MaxImages).Select((image, index) => OpenTile(image, index + 1))];
        var gone = string.Join(", ", tiles.Index().Where(tile => tile.Item is null).Select(tile => tile.Index + 1));
        var missing = gone is "" ? "" : $" Not shown, because the file is gone: {gone}.";
        if (tiles.OfType<SheetImage>().ToArray() is not [_, ..] shown)
        {
            return ImageContent.Empty with { Caption = missing is "" ? null : missing.Trim() };
        }

        try
        {
            var sheet = sheets.Create(session, shown, PreviewOptions.DefaultMaxEdge, content.ComputeByteBudget(rest));
            return new ImageContent(ImageContentBuilder.CreateBlock(sheet), null, $"Shown: {(images.Count > tiles.Length ? $"1 to {tiles.Length}" : "these")} on one numbered sheet, {sheet.Size}.{missing}", []);
        }
        catch (Exception failure) when (failure is UnreadableImageException or ImagingUnavailableException or IOException)
        {
            return ImageContent.Empty with { Caption = $"No sheet could be made: {failure.Message}." };
        }
    }

    /// <returns>Null where the file is gone.</returns>
    private SheetImage? OpenTile(ImageRecord image, int number)
    {
        try
        {
            return new SheetImage(number, store.Open(image.File), image.File.Size, image.File.Sha256);
        }
        catch (ImageException)
        {
            // The list says so in words.
            return null;
        }
    }
}
