using System.Globalization;

namespace GptImage2.Generation.Requests;

/// <summary>Puts what the server has to say around the caller's words, which stay as they are.</summary>
internal static class PromptComposer
{
    private const string MaskedBaseText =
        "the picture to edit. Change only its masked region. Keep everything outside that region exactly as it is, and match " +
        "its perspective, light, grain and style inside, so that no edge shows.";

    /// <summary>One line for each reference, in order, then the caller's words, then what the result must be like.</summary>
    public static string Compose(ImageRequest request) => string.Join("\n\n", ComposeParts(request).Where(part => part is not ""));

    private static IEnumerable<string> ComposeParts(ImageRequest request)
    {
        yield return string.Join('\n', request.Images.Select((picture, index) => DescribeImage(index + 1, picture, request is InpaintRequest)));
        yield return request.Prompt;
        yield return request.Backdrop?.PromptText ?? "";
    }

    private static string DescribeImage(int number, Reference picture, bool masked)
    {
        var what = masked && number is 1 ? MaskedBaseText : picture.Role.Words;
        var note = string.IsNullOrWhiteSpace(picture.Note) ? "" : $" {picture.Note.Trim()}";
        return string.Create(CultureInfo.InvariantCulture, $"Image {number} is {what}{note}");
    }
}
