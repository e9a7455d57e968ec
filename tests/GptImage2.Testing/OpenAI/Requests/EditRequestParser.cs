namespace GptImage2.Testing.OpenAI.Requests;

/// <summary>Reads a form that asks for an edit: its words by the rules of any order, its files by their own.</summary>
internal static class EditRequestParser
{
    private const int MostImages = 16;

    /// <summary>Without moderation, which the form's description does not have, and what belongs to other models.</summary>
    private static readonly string[] Fields =
    [
        "model", "prompt", "n", "size", "quality", "background", "output_format", "output_compression",
        "stream", "partial_images", "user", "safety_identifier",
    ];

    private static readonly string[] Files = ["image", "image[]", "mask"];

    private static readonly string[] Numbers = ["n", "output_compression", "partial_images"];

    /// <param name="acceptsClientForms">Whether the form may be written as OpenAI's own client does.</param>
    /// <param name="findModel">The model behind the name that a request has for it.</param>
    /// <exception cref="ApiErrorException">The vendor would not draw this.</exception>
    public static ImageOrder Parse(ReadOnlyMemory<byte> body, string boundary, bool acceptsClientForms = false, Func<string, string>? findModel = null)
    {
        var parts = MultipartFormReader.Read(body, boundary, acceptsClientForms);
        var order = GenerationRequestParser.ParseOrder(ReadTextFields(parts.Where(part => !Files.Contains(part.Name))), Fields, findModel);
        ReceivedImage[] images = [.. Images(parts).Select((part, index) => UploadedImageValidator.Image(part, index + 1))];
        var mask = Single(parts, "mask") is { } part ? UploadedImageValidator.Mask(part, images[0].Size) : null;
        return order with { Images = images, Mask = mask };
    }

    private static ReceivedFormPart[] Images(IReadOnlyList<ReceivedFormPart> parts)
    {
        ReceivedFormPart[] list = [.. parts.Where(part => part.Name == "image[]")];
        return (Single(parts, "image"), list.Length) switch
        {
            (null, 0) => throw new ApiErrorException(new(400, "Missing required parameter: 'image'.", Param: "image", Code: "missing_required_parameter")),
            (null, <= MostImages) => list,
            ({ } one, 0) => [one],
            (null, _) => throw new ApiErrorException(ApiError.InvalidValue("image", $"Invalid 'image': array too long. Expected an array with maximum length {MostImages}, but got {list.Length} instead.")),
            _ => throw CreateDuplicateError("image"),
        };
    }

    private static ReceivedFormPart? Single(IReadOnlyList<ReceivedFormPart> parts, string name)
    {
        ReceivedFormPart[] found = [.. parts.Where(part => part.Name == name)];
        return found.Length > 1 ? throw CreateDuplicateError(name) : found is [var only] ? only : null;
    }

    /// <summary>A form has only texts; the rules want numbers and truth values where the description does.</summary>
    private static JsonElement ReadTextFields(IEnumerable<ReceivedFormPart> parts)
    {
        var words = new JsonObject();
        foreach (var part in parts)
        {
            if (part.IsFile || part.ContentType is not null)
            {
                throw new ApiErrorException(new(400, $"Invalid type for '{part.Name}': expected text, but got a file.", Param: part.Name, Code: "invalid_type"));
            }

            if (!words.TryAdd(part.Name, Value(part.Name, part.Text)))
            {
                throw CreateDuplicateError(part.Name);
            }
        }

        return JsonElement.Parse(words.ToJsonString());
    }

    private static JsonValue Value(string name, string text) => (name, text) switch
    {
        ("stream", "true") => JsonValue.Create(true),
        ("stream", "false") => JsonValue.Create(false),
        _ when Numbers.Contains(name) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    private static ApiErrorException CreateDuplicateError(string name) =>
        new(new(400, $"Duplicate parameter: '{name}'. It may be given once; a list is written as '{name}[]'.", Param: name, Code: "duplicate_parameter"));
}
