using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation.Planning;

/// <summary>What is legal, but worth knowing before it is paid for.</summary>
internal static partial class PlanWarnings
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

        if (request.Delivery.ResizeTo is { } target && (target.Width > request.Size.Width || target.Height > request.Size.Height))
        {
            yield return $"resize_to {target} is larger than the canvas {request.Size}, so the image is enlarged and will be softer.";
        }

        foreach (var number in FindMissingImages(request))
        {
            var given = request.Images.Count is 0 ? "none" : $"Image 1 to {request.Images.Count}";
            yield return $"prompt: it mentions Image {number}, but the images of this call are {given}.";
        }

        if (request.Background is ImageBackground.Transparent && !profile.DrawsTransparency)
        {
            yield return "background transparent is a preview feature of this model: where the service refuses it (unbilled), the subject is drawn on a plain background and cut out instead.";
        }
    }

    /// <summary>Numbers of images that the prompt mentions and the call does not have, lowest first.</summary>
    private static IEnumerable<int> FindMissingImages(ImageRequest request) => MentionPattern.Matches(request.Prompt)
        .Select(match => int.Parse(match.Groups[1].ValueSpan))
        .Where(number => number < 1 || number > request.Images.Count)
        .Distinct()
        .Order();

    [GeneratedRegex(@"\b(?:image|reference)\s+#?([0-9]{1,2})\b(?![:.,][0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MentionPattern { get; }
}
