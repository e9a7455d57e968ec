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

        var size = images[request.BaseIndex ?? 0].Header.Size;
        return request.BaseIndex is null
            ? request with { Size = sizes.FollowReference(size) }
            : request with { Size = sizes.ChooseForEdit(size), Delivery = request.Delivery with { ResizeTo = DeliveryConstraint.Shrink(size) } };
    }

    /// <summary>A format that cannot be written, or not with transparency, becomes PNG.</summary>
    private static EditRequest FollowFormat(EditRequest request, IReadOnlyList<InputImage> images, ModelProfile profile)
    {
        if (!request.Delivery.FormatFollowsBase || request.BaseIndex is not { } index)
        {
            return request;
        }

        var format = images[index].Header.Format;
        var needsAlpha = request.Cutout || request.Background is ImageBackground.Transparent;
        var kept = profile.Formats.Contains(format) && !(needsAlpha && format is ImageFormat.Jpeg) ? format : ImageFormat.Png;
        return request with { Delivery = request.Delivery with { Format = kept, FormatFollowsBase = false } };
    }
}
