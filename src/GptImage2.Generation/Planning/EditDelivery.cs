using GptImage2.Generation.Inputs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation.Planning;

/// <summary>An edit keeps what it edits: without a size or a format of its own, the result has those of the base.</summary>
internal static class EditDelivery
{
    /// <summary>The edit with what was not given taken from its images.</summary>
    public static EditRequest Follow(EditRequest request, IReadOnlyList<InputImage> images, ModelProfile profile) =>
        FollowFormat(FollowSize(request, images, profile.Sizes), images, profile);

    private static EditRequest FollowSize(EditRequest request, IReadOnlyList<InputImage> images, SizeRules sizes)
    {
        if (!request.SizeFollowsReference)
        {
            return request;
        }

        // The sheet of a character has a shape of its own.
        var size = (request.BaseIndex is { } index ? images[index] : images.FirstOrDefault(image => image.Reference.Cast is null) ?? images[0]).Header.Size;
        if (request.BaseIndex is null)
        {
            return request with { Size = sizes.FollowReference(size) };
        }

        // What is cut out has no place in the base any more: it is delivered whole where the base is longer than any canvas.
        var (canvas, target) = (sizes.ChooseForEdit(size), DeliveryConstraint.Shrink(size));
        var isWhole = NeedsAlpha(request) && DeliveryCrop.Between(canvas, target).IsNoticeable;
        return request with { Size = canvas, Delivery = request.Delivery with { ResizeTo = isWhole ? null : target } };
    }

    private static bool NeedsAlpha(EditRequest request) => request.Cutout || request.Background is ImageBackground.Transparent;

    /// <summary>A format that cannot be written, or not with transparency, becomes PNG.</summary>
    private static EditRequest FollowFormat(EditRequest request, IReadOnlyList<InputImage> images, ModelProfile profile)
    {
        if (!request.Delivery.FormatFollowsBase || request.BaseIndex is not { } index)
        {
            return request;
        }

        var format = images[index].Header.Format;
        var kept = profile.Formats.Contains(format) && !(NeedsAlpha(request) && format is ImageFormat.Jpeg) ? format : ImageFormat.Png;
        return request with { Delivery = request.Delivery with { Format = kept, FormatFollowsBase = false } };
    }
}
