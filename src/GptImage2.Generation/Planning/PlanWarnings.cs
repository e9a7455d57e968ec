using System.Globalization;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation.Planning;

/// <summary>What is legal, yet worth knowing before it is paid for.</summary>
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
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{request.Size} is above {profile.Sizes.ExperimentalAbove:N0} pixels, which the vendor calls experimental: quality may vary.");
        }

        if (request.Delivery.ResizeTo is { } target && (target.Width > request.Size.Width || target.Height > request.Size.Height))
        {
            yield return $"resize_to {target} is larger than the canvas {request.Size}, so the picture is enlarged and will be softer.";
        }

        foreach (var number in ImageMentions.FindMissing(request))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"prompt: it mentions Image {number}, but the pictures of this call are {(request.Images.Count is 0 ? "none" : $"Image 1 to {request.Images.Count}")}.");
        }

        if (request.Background is ImageBackground.Transparent && !profile.DrawsTransparency)
        {
            yield return "background transparent is a preview feature of this model: where the service refuses it (unbilled), the subject is drawn on a plain backdrop and cut out instead.";
        }
    }
}
