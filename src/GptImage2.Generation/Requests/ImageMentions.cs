using System.Globalization;
using System.Text.RegularExpressions;

namespace GptImage2.Generation.Requests;

/// <summary>Pictures that a prompt speaks of by number.</summary>
public static partial class ImageMentions
{
    /// <summary>Numbers of pictures that are not there, lowest first.</summary>
    public static IEnumerable<int> FindMissing(ImageRequest request) => MentionPattern.Matches(request.Prompt)
        .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
        .Where(number => number < 1 || number > request.Images.Count)
        .Distinct()
        .Order();

    [GeneratedRegex(@"\b(?:image|reference)\s+#?([0-9]{1,2})\b(?![:.,][0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MentionPattern { get; }
}
