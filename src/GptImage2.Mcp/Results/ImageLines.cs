using GptImage2.Generation.Jobs;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Matting.Verification;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results.Links;

namespace GptImage2.Mcp.Results;

/// <summary>A job's images in words, one line each. What is the same for all of them is said once.</summary>
internal sealed class ImageLines(IImageStore store, IDownloadLinks links)
{
    public IEnumerable<string> Format(CallerSession session, IReadOnlyList<DeliveredImage> images) =>
        FindCommonFolder(images.Select(image => GetPlace(session, image))) is { } folder
        && images is [{ Record.File: var first }, _, ..]
        && images.All(image => (image.Record.File.Size, image.Record.File.Format) == (first.Size, first.Format))
            ? FormatTogether(session, images, folder)
            : images.Select(image => FormatAlone(session, image));

    private IEnumerable<string> FormatTogether(CallerSession session, IReadOnlyList<DeliveredImage> images, string folder)
    {
        var file = images[0].Record.File;
        var copies = session.Caller.LocalPathsAllowed ? FindCommonFolder(images.SelectMany(image => image.Copies)) : null;
        yield return $"Each {file.Size} {file.Format.Name}, in {folder}{(copies is null ? "" : $"; copies in {copies}")}:";
        foreach (var image in images)
        {
            var copied = copies is null || image.Copies is [] ? FormatCopies(session, image) : FormatCopies(image, image.Copies.Select(Path.GetFileName));
            yield return $"{image.Record.Number}. {image.Record.Id} {Path.GetFileName(GetPlace(session, image))}{copied}{DescribeFindings(image.Record)}";
        }
    }

    private string FormatAlone(CallerSession session, DeliveredImage image)
    {
        var file = image.Record.File;
        var (number, place) = ($"{image.Record.Number}. {image.Record.Id} {file.Size} {file.Format.Name}, {FormatBytes(file.Bytes)}", GetPlace(session, image));

        // Nothing follows an address: readers take a full stop for a part of it.
        return place is null
            ? $"{number}{DescribeFindings(image.Record)}: {links.Create(session.Caller, image.Record) ?? ImageUri.FromId(image.Record.Id)}"
            : $"{number}: {place}{FormatCopies(session, image)}{DescribeFindings(image.Record)}";
    }

    private string? GetPlace(CallerSession session, DeliveredImage image) => session.IfPathsAllowed(store.GetAbsolutePath(image.Record.File));

    /// <returns>The folder that all paths are in, or null where there is none.</returns>
    private static string? FindCommonFolder(IEnumerable<string?> paths) => paths.Select(Path.GetDirectoryName).Distinct().ToArray() is [var only] ? only : null;

    private static string FormatCopies(CallerSession session, DeliveredImage image) =>
        image.Copies is [] || !session.Caller.LocalPathsAllowed ? "" : FormatCopies(image, image.Copies);

    private static string FormatCopies(DeliveredImage image, IEnumerable<string?> names) =>
        $" ({(image.Replaced ? "replaced" : "copy")}: {string.Join(", ", names)})";

    private static string DescribeFindings(ImageRecord record) => record switch
    {
        { Region: { } region } => $". The region is {region.Coverage:P2} of it; changed inside {region.ChangedInside:P1}, outside {region.ChangedOutside:P1}{DescribeColours(region.Colours)}",
        { SeeThrough: { } share } => $". Real alpha: {share:P0} of it is transparent{(record.Cutout?.Profile is CutoutProfile.Translucent ? " or see-through" : "")}{(record.Cutout is { } cutout ? $" ({EnumNames.Format(cutout.Profile)})" : "")}",
        _ => "",
    };

    private static string DescribeColours(ColourMatch? colours) => colours is not { Applied: true } ? ""
        : $"; its colours matched to the image (off by {colours.Before:0.0} of 255 levels around it, {colours.After:0.0} left)";

    private static string FormatBytes(long bytes) => bytes < 1_000_000 ? $"{bytes / 1000.0:0} kB" : $"{bytes / 1_000_000.0:0.0} MB";
}
