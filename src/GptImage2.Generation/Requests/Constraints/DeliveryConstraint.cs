using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>The delivered file can be written: format, compression and size fit together.</summary>
internal sealed class DeliveryConstraint : IRequestConstraint
{
    /// <summary>WebP ends at 16,383 pixels an edge; every format we write reaches this far.</summary>
    public const int MaxEdge = 16_000;

    public const long MaxPixels = 100_000_000;

    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile)
    {
        var (delivery, level) = (request.Delivery, request.Delivery.Compression);
        var keepsLevel = level is not null && profile.Formats.Contains(ImageFormat.Webp);
        var why = request.Cutout ? "cutout (jpeg has no transparency)" : "background transparent";
        var tooMuch = request.Crop is { IsTooMuch: true } && CanDeliver(delivery.ResizeTo!.Value) && profile.Sizes.Allows(request.Size)
            && request is not (EditRequest { SizeFollowsReference: true } or InpaintRequest or BackgroundRemovalRequest);
        return [.. tooMuch ? [CreateCropViolation(request, profile.Sizes)] : Array.Empty<Violation>(), .. Violation.Collect(
            // JPEG has no transparency, and PNG no compression level that a service would take.
            (delivery.Format is ImageFormat.Jpeg && (request.Cutout || request.Background is ImageBackground.Transparent),
                new("format", $"png or webp with {why}", "jpeg", keepsLevel ? "webp" : "png") { Repairs = keepsLevel ? null : ToPng(request) }),
            (level is not null && delivery is { Format: ImageFormat.Png } && !AwaitsBase(request),
                new("compression", "to be omitted with format png (it is for jpeg and webp)", "a value")),
            (level is < 0 or > 100 && (delivery.Format is not ImageFormat.Png || AwaitsBase(request)),
                new("compression", "0 to 100", $"{level}", $"{Math.Clamp(level ?? 0, 0, 100)}")),
            (delivery.ResizeTo is { } size && !CanDeliver(size),
                new("resize_to", $"edges of at most {MaxEdge:N0} and {MaxPixels:N0} pixels in all", $"{delivery.ResizeTo}", $"{Shrink(delivery.ResizeTo ?? request.Size)}")))];
    }

    /// <summary>Whether a file of that size can be written.</summary>
    internal static bool CanDeliver(Dimensions size) => Math.Max(size.Width, size.Height) <= MaxEdge && size.PixelCount <= MaxPixels;

    /// <summary>The largest size of the same shape that can be written.</summary>
    internal static Dimensions Shrink(Dimensions size)
    {
        var scale = Math.Min(1, Math.Min((double)MaxEdge / Math.Max(size.Width, size.Height), Math.Sqrt((double)MaxPixels / size.PixelCount)));
        return new Dimensions(Math.Max(1, (int)(size.Width * scale)), Math.Max(1, (int)(size.Height * scale)));
    }

    /// <summary>PNG in place of another format, without the level of compression that it would not take.</summary>
    internal static Repair[] ToPng(ImageRequest request) =>
        [new Repair("format", ImageFormat.Png.Name), .. request.Delivery.Compression is null ? [] : SizeConstraint.Without("compression")];

    /// <summary>Whether the format is that of the base, which has not been read yet.</summary>
    private static bool AwaitsBase(ImageRequest request) => request is EditRequest { BaseIndex: not null, Delivery.FormatFollowsBase: true };

    /// <summary>What is cut away cannot be what was meant: a canvas of another shape is, or a size that the model can draw.</summary>
    private static Violation CreateCropViolation(ImageRequest request, SizeRules sizes)
    {
        var (target, crop) = (request.Delivery.ResizeTo!.Value, request.Crop!.Value);
        var alone = sizes.ChooseForDelivery(target);
        var (expected, nearest, repairs) = DeliveryCrop.Between(alone, target).IsTooMuch
            ? ($"a shape between 1:{sizes.MaxRatio} and {sizes.MaxRatio}:1", $"{WithinRatio(target, sizes.MaxRatio)}", [new Repair("resize_to", $"{WithinRatio(target, sizes.MaxRatio)}")])
            : ("a canvas of about that shape (resize_to alone chooses one)", DescribeCanvas(alone), (Repair[])[.. SizeConstraint.Without("preset", "width", "height")]);
        return new Violation("resize_to", expected, $"{target} on a canvas of {request.Size}, which would cut away {crop.Description}", nearest) { Repairs = repairs };
    }

    private static string DescribeCanvas(Dimensions canvas) =>
        SizePreset.All.FirstOrDefault(preset => preset.Size == canvas) is { } preset ? $"preset {preset.Name}, or neither preset nor width and height" : "neither preset nor width and height";

    private static Dimensions WithinRatio(Dimensions size, int ratio) =>
        new(Math.Max(size.Width, (size.Height + ratio - 1) / ratio), Math.Max(size.Height, (size.Width + ratio - 1) / ratio));
}
