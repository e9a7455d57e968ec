using GptImage2.Generation.Models;
using GptImage2.Generation.Requests.Mentions;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>A prompt mentions only images that the call has: what the model makes of a missing one would be billed.</summary>
internal sealed partial class MentionConstraint : IRequestConstraint
{
    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile)
    {
        if (request is GenerateRequest && FilePattern.Match(QuotedWords.Blank(request.Prompt)) is { Success: true } file)
        {
            return [new Violation("prompt", "words alone, because generate_image sees no files (edit_with_references does); words that are to appear in the image stand in quotes", Violation.Quote(file.Value))];
        }

        int[] missing = [.. FindMissing(request)];
        if (request is LocalRequest || missing is [])
        {
            return [];
        }

        var given = request switch
        {
            GenerateRequest => "no mention of an image, because generate_image takes none (edit_with_references does)",
            _ when CountOwn(request) is var own and not 1 => $"mentions of Image 1 to {own}, the images of this call",
            _ => "mentions of Image 1 alone, the only image of this call",
        };
        return [new Violation("prompt", $"{given}; words that are to appear in the image stand in quotes", string.Join(", ", missing.Select(number => $"Image {number}")))];
    }

    /// <summary>Numbers of images that the prompt mentions and the call does not have, lowest first.</summary>
    private static IEnumerable<int> FindMissing(ImageRequest request) => ImageMentions.Find(request.Prompt).Where(number => number < 1 || number > CountOwn(request)).Distinct().Order();

    /// <summary>Images that the caller has given: those of the cast have no number for him.</summary>
    private static int CountOwn(ImageRequest request) => request.Images.Count(image => image.Cast is null);

    /// <summary>The name of an image file, or an id.</summary>
    [GeneratedRegex(@"\b[\w./\\-]+\.(?:png|jpe?g|webp)\b|\bimg_[a-z0-9]{16}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FilePattern { get; }
}
