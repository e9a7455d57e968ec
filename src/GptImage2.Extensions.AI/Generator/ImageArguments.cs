using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;

namespace GptImage2.Extensions.AI.Generator;

/// <summary>The images of a call in the words of the pipeline: an id, an address, a path or a data: URI.</summary>
internal static class ImageArguments
{
    public const string OriginalImages = "OriginalImages";

    public const string Mask = "Mask";

    /// <param name="roles">Of the first images; the others have those that go without saying.</param>
    /// <exception cref="InvalidRequestException">At least one is no image.</exception>
    public static IReadOnlyList<Reference> Create(IEnumerable<AIContent>? images, IList<ReferenceRole> roles)
    {
        AIContent[] contents = [.. images ?? []];
        Violation[] broken = [.. contents.Index().Where(entry => Find(entry.Item) is null).Select(entry => CreateViolation($"{OriginalImages}[{entry.Index}]", entry.Item))];
        return broken is not [] ? throw new InvalidRequestException(broken) :
        [
            .. contents.Select((content, index) => new Reference
            {
                Image = Find(content)!,
                Role = index < roles.Count ? roles[index] : index is 0 ? ReferenceRole.Base : ReferenceRole.Object,
                Argument = $"{OriginalImages}[{index}]",
            }),
        ];
    }

    /// <exception cref="InvalidRequestException">It is no image.</exception>
    public static string? CreateMask(AIContent? mask) =>
        mask is null ? null : Find(mask) ?? throw new InvalidRequestException([CreateViolation(Mask, mask)]);

    /// <summary>An image that came from the store goes back as its id, so that its history is known and nothing is stored twice.</summary>
    private static string? Find(AIContent content) => content switch
    {
        DataContent { RawRepresentation: ImageRecord record } => record.Id,
        DataContent data => $"data:{data.MediaType};base64,{data.Base64Data}",
        UriContent { Uri: var address } => address.OriginalString,
        HostedFileContent { FileId: var id } => id,
        _ => null,
    };

    private static Violation CreateViolation(string argument, AIContent content) =>
        new(argument, "a DataContent, a UriContent (https://, file:// or image://) or a HostedFileContent with an id", content.GetType().Name);
}
