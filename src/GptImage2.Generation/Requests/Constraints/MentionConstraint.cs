using GptImage2.Generation.Models;

namespace GptImage2.Generation.Requests.Constraints;

/// <summary>A prompt mentions only images that the call has: what the model makes of a missing one would be billed.</summary>
internal sealed partial class MentionConstraint : IRequestConstraint
{
    public IEnumerable<Violation> Check(ImageRequest request, ModelProfile profile)
    {
        if (request is GenerateRequest && FilePattern.Match(QuotedPattern.Replace(request.Prompt, "")) is { Success: true } file)
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
            { Images: [_] } => "mentions of Image 1 alone, the only image of this call",
            _ => $"mentions of Image 1 to {request.Images.Count}, the images of this call",
        };
        return [new Violation("prompt", $"{given}; words that are to appear in the image stand in quotes", string.Join(", ", missing.Select(number => $"Image {number}")))];
    }

    /// <summary>Numbers of images that the prompt mentions and the call does not have, lowest first.</summary>
    private static IEnumerable<int> FindMissing(ImageRequest request) => MentionPattern.Matches(QuotedPattern.Replace(request.Prompt, ""))
        .Select(match => int.Parse(match.Groups[1].ValueSpan))
        .Where(number => number < 1 || number > request.Images.Count)
        .Distinct()
        .Order();

    /// <summary>Not a time, a ratio, a decimal, nor a count of several such as "image 1 of 4".</summary>
    [GeneratedRegex(@"\b(?:image|reference)\s+#?([0-9]{1,2})\b(?![:.,/][0-9])(?!\s+of\s+[0-9a-z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MentionPattern { get; }

    /// <summary>The name of an image file, or an id.</summary>
    [GeneratedRegex(@"\b[\w./\\-]+\.(?:png|jpe?g|webp)\b|\bimg_[a-z0-9]{16}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FilePattern { get; }

    /// <summary>What is in quotes is to be drawn as it stands.</summary>
    [GeneratedRegex("""["“„«][^"”“»]*["”“»]|(?<!\w)['‘][^'’]*['’](?!\w)|「[^」]*」""", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedPattern { get; }
}
