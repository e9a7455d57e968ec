using GptImage2.Generation.Requests.Mentions;

namespace GptImage2.Generation.Requests;

/// <summary>Adds what the server has to say to the caller's prompt, which stays as it is.</summary>
internal static class PromptComposer
{
    private const string MaskedBaseText =
        "the image to edit. Change only its masked region. Keep everything outside that region exactly as it is, and match " +
        "its perspective, light, grain and style inside, so that no edge shows.";

    /// <summary>Where the subject is to stand alone, nothing else of its image is kept.</summary>
    private const string CutoutBaseText =
        "the image to take the subject from. Keep the subject's shape, pose, view, colours, light, face and text exactly as they are, and leave out everything else.";

    private const string WhiteBackdropText =
        "The subject stands alone, complete and centred with free space on all sides, on a perfectly flat, evenly lit backdrop of one colour, pure white (#FFFFFF), " +
        "from edge to edge: no floor, no horizon, no gradient, no texture, no reflection on it. Where the subject is see-through, that white and nothing else shows through it.";

    private const string BlackBackdropText =
        "Image 1 is the picture to repeat. Draw exactly the same picture: the same subject at the same place, in the same size, pose, view, light, colours and text; " +
        "nothing is moved, added, left out or drawn in another style. Only what is behind the subject changes: the flat white backdrop becomes perfectly flat pure black (#000000), " +
        "from edge to edge. Where the subject is see-through, black shows through it as far as white did; where it is not, every pixel stays as it is.";

    /// <summary>
    /// One line for each image, in order, then the caller's prompt, then what the result must be like and where it is cut. A second picture needs
    /// no more words than what changes in it. No model reads the prompt of what this machine makes itself.
    /// </summary>
    public static string Compose(ImageRequest request) =>
        request is LocalRequest ? request.Prompt
        : request.Translucent && !request.HasSecondPicture ? BlackBackdropText
        : string.Join("\n\n", ComposeParts(request).Where(part => part is not ""));

    private static IEnumerable<string> ComposeParts(ImageRequest request)
    {
        yield return string.Join('\n', request.Images.Select((image, index) => DescribeImage(index + 1, image, request)));
        yield return SpeakNames(request);
        yield return string.Join('\n', (request.Cast ?? []).Select(line => line.Text).Where(text => text is not ""));
        yield return request.Translucent ? WhiteBackdropText : (request is InpaintRequest ? request.Backdrop?.PatchPromptText : request.Backdrop?.PromptText) ?? "";
        yield return DescribeCrop(request);
    }

    /// <summary>The caller's own words, with names in place of mentions, and with the numbers that images have behind those of the cast.</summary>
    private static string SpeakNames(ImageRequest request)
    {
        if (request.Cast is not { } cast)
        {
            return request.Prompt;
        }

        var before = request.Images.Count(image => image.Cast is not null);
        var known = cast.ToLookup(line => line.Name, line => line.SpokenName, StringComparer.OrdinalIgnoreCase);
        var first = request is InpaintRequest ? 1 : 0;
        return ImageMentions.Renumber(
            CastMention.Replace(request.Prompt, mention => known[mention.Path].FirstOrDefault() ?? $"@{mention.Path}"),
            number => number > first ? number + before : number);
    }

    private static string DescribeCrop(ImageRequest request) => request switch
    {
        EditRequest { NeedsMat: true, Crop: { } crop, BaseIndex: var index } =>
            $"Image {index + 1} stands on a grey mat, which is not part of it and is cut off afterwards ({crop.Description}). Keep the mat and the image exactly where they are.",
        { Crop: { IsNoticeable: true } crop } => crop.PromptText,
        _ => "",
    };

    private static string DescribeImage(int number, Reference image, ImageRequest request)
    {
        var what = request switch
        {
            InpaintRequest when number is 1 => MaskedBaseText,
            { Backdrop: not null } when image.Role is ReferenceRole.Base => CutoutBaseText,
            _ => image.Role.PromptText,
        };
        var note = string.IsNullOrWhiteSpace(image.Note) ? "" : $" {image.Note.Trim()}";
        return $"Image {number} is {what}{note}";
    }
}
