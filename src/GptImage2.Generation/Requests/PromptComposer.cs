namespace GptImage2.Generation.Requests;

/// <summary>Adds what the server has to say to the caller's prompt, which stays as it is.</summary>
internal static class PromptComposer
{
    private const string MaskedBaseText =
        "the image to edit. Change only its masked region. Keep everything outside that region exactly as it is, and match " +
        "its perspective, light, grain and style inside, so that no edge shows.";

    /// <summary>
    /// One line for each image, in order, then the caller's prompt, then what the result must be like and where it is cut. No model reads the
    /// prompt of what this machine makes itself.
    /// </summary>
    public static string Compose(ImageRequest request) =>
        request is LocalRequest ? request.Prompt : string.Join("\n\n", ComposeParts(request).Where(part => part is not ""));

    private static IEnumerable<string> ComposeParts(ImageRequest request)
    {
        yield return string.Join('\n', request.Images.Select((image, index) => DescribeImage(index + 1, image, request is InpaintRequest)));
        yield return request.Prompt;
        yield return request.Backdrop?.PromptText ?? "";
        yield return DescribeCrop(request);
    }

    private static string DescribeCrop(ImageRequest request) => request switch
    {
        EditRequest { NeedsMat: true, Crop: { } crop, BaseIndex: var index } =>
            $"Image {index + 1} stands on a grey mat, which is not part of it and is cut off afterwards ({crop.Description}). Keep the mat and the image exactly where they are.",
        { Crop: { IsNoticeable: true } crop } => crop.PromptText,
        _ => "",
    };

    private static string DescribeImage(int number, Reference image, bool masked)
    {
        var what = masked && number is 1 ? MaskedBaseText : image.Role.PromptText;
        var note = string.IsNullOrWhiteSpace(image.Note) ? "" : $" {image.Note.Trim()}";
        return $"Image {number} is {what}{note}";
    }
}
