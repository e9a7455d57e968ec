using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>A reference as a model writes it.</summary>
internal sealed record ReferenceArguments(string? Image, ReferenceRole? Role, string? Note, bool? FullSize)
{
    public static JsonObject CreateSchema(string description, int most)
    {
        var roles = Enum.GetValues<ReferenceRole>();
        return CreateList(
            new JsonObject
            {
                ["image"] = SchemaBuilder.Text(ImageArgumentDescriptions.Short),
                ["role"] = SchemaBuilder.OneOf(
                    $"Default object; of a single reference, base. {string.Join("; ", roles.Select(role => $"{role.Name}: {role.Purpose}"))}.",
                    roles.Select(role => role.Name)),
                ["note"] = SchemaBuilder.Text("More about it."),
                ["full_size"] = SchemaBuilder.Flag("Do not scale it down."),
            },
            description,
            most);
    }

    /// <summary>The same for a further tool, whose own image is the base.</summary>
    public static JsonObject CreateSchemaWithoutDescriptions(string description, int most) => CreateList(
        new JsonObject
        {
            ["image"] = SchemaBuilder.Typed("string"),
            ["role"] = SchemaBuilder.OneOf(null, Enum.GetValues<ReferenceRole>().Where(role => role is not ReferenceRole.Base).Select(role => role.Name)),
            ["note"] = SchemaBuilder.Typed("string"),
            ["full_size"] = SchemaBuilder.Typed("boolean"),
        },
        description,
        most);

    /// <summary>References in the order given; none where none were given.</summary>
    /// <param name="ofSingle">The role of a single reference without one.</param>
    public static IReadOnlyList<Generation.Requests.Reference> ToReferences(IReadOnlyList<ReferenceArguments>? written, ReferenceRole ofSingle = ReferenceRole.Object) => [.. (written ?? []).Select((reference, index) => new Generation.Requests.Reference
    {
        Image = reference.Image ?? "",
        Role = reference.Role ?? (written is [_] ? ofSingle : ReferenceRole.Object),
        Note = reference.Note,
        FullSize = reference.FullSize is true,
        Argument = $"references[{index}].image",
    })];

    private static JsonObject CreateList(JsonObject properties, string description, int most) =>
        SchemaBuilder.List(SchemaBuilder.Object(properties, "image"), description, most);
}

/// <summary>How the one grammar of image arguments is explained to a model.</summary>
internal static class ImageArgumentDescriptions
{
    public const string Full = "An id, @Name, a path, or a file://, https:// or data: URI; a bare name is also looked for in the inbox.";

    public const string Short = "As in view_image: id, path or URI.";

    /// <summary>The same for callers on other machines, whose paths mean nothing here.</summary>
    public static IReadOnlyDictionary<string, string> OverHttp { get; } = new Dictionary<string, string>
    {
        [Full] = "An id, @Name, a download_url, an https:// or data: URI, or the name of a shared file; your own files are uploaded (POST /uploads) and then have an id.",
        [Short] = "As in view_image: id or URI.",
    };
}
