using GptImage2.Generation.Inputs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation.Planning;

/// <summary>What is legal, but worth knowing before it is paid for.</summary>
internal static class PlanWarnings
{
    public static IEnumerable<string> Collect(Validated<ImageRequest> validated)
    {
        var (request, profile) = (validated.Request, validated.Profile);
        if (profile.Warning is { } warning)
        {
            yield return warning;
        }

        if (request.Size.PixelCount > profile.Sizes.ExperimentalAbove)
        {
            yield return GeneralNotes.DescribeExperimental(profile.Sizes);
        }

        if (request.Quality is ImageQuality.Auto && profile.DefaultQuality is { } quality)
        {
            yield return $"quality auto: this service's own default is {quality.Name}. Name a lower one to pay less.";
        }

        foreach (var change in DescribeDelivery(request))
        {
            yield return change;
        }

        if (request.HasSecondPicture)
        {
            yield return "cutout translucent draws and bills two pictures, the subject on white and the same on black; prices are for both. Where the two do not agree, the first is cut out by its white backdrop alone.";
        }

        if (request.Background is ImageBackground.Transparent && !profile.DrawsTransparency)
        {
            yield return "background transparent is a preview feature of this model: where the service refuses it (unbilled), the subject is drawn on a plain background and cut out instead.";
        }
    }

    /// <summary>Of an animation or a file of several pages one image is used.</summary>
    public static IEnumerable<string> DescribeFrames(ResolvedInputs inputs) =>
        from input in inputs.Images.Select(image => (image.Reference.Argument, image.Header)).Concat(inputs.Mask is { } mask ? [("mask", mask.Header)] : [])
        let note = FrameNotes.Describe(input.Header)
        where note is not null
        select $"{input.Argument}: {note}";

    /// <summary>What a cut-out cannot have of its image.</summary>
    public static IEnumerable<string> DescribeLosses(ImageRequest request, ResolvedInputs inputs)
    {
        if (request is not BackgroundRemovalRequest || inputs.Images is not [{ Header: var header, Reference.Argument: var argument }])
        {
            yield break;
        }

        string[] lost = [.. header.BitsPerChannel > 8 ? [$"{header.BitsPerChannel} bits a channel"] : Array.Empty<string>(), .. header.HasOtherProfile ? ["a colour profile of its own"] : Array.Empty<string>()];
        if (lost is not [])
        {
            yield return $"{argument}: it has {string.Join(" and ", lost)}; the cut-out has 8 bits a channel, in sRGB.";
        }
    }

    /// <summary>What happens to the canvas on its way to the size to deliver.</summary>
    private static IEnumerable<string> DescribeDelivery(ImageRequest request)
    {
        if (request is LocalRequest || request.Delivery.ResizeTo is not { } target)
        {
            yield break;
        }

        var followsBase = request is EditRequest { SizeFollowsReference: true };
        if (request is EditRequest { NeedsMat: true })
        {
            yield return $"The base, {target}, is longer than any canvas: it is drawn on a mat of {request.Size}, which is cut off again.";
        }
        else if (request.Crop is { IsNoticeable: true } crop)
        {
            yield return $"resize_to {target}: of the canvas {request.Size}, {crop.Description} is cut away. The prompt as sent says so.";
        }

        if (target.Width > request.Size.Width || target.Height > request.Size.Height)
        {
            yield return followsBase
                ? $"No canvas is as large as the base: it is drawn at {request.Size} and enlarged to {target}, so it will be softer. inpaint_region keeps every pixel outside its region."
                : $"resize_to {target} is larger than the canvas {request.Size}, so the image is enlarged and will be softer.";
        }
    }
}
