using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GptImage2.Testing.OpenAI;

/// <summary>Reads a form that asks for an edit: its words by the rules of any order, its files by their own.</summary>
internal static class EditReader
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

    /// <exception cref="RefusedException">The vendor would not draw this.</exception>
    public static Order Read(ReadOnlyMemory<byte> body, string boundary)
    {
        var parts = FormReader.Read(body, boundary);
        var order = OrderReader.Read(Words(parts.Where(part => !Files.Contains(part.Name))), Fields);
        ReceivedImage[] images = [.. Images(parts).Select((part, index) => ImageReader.Image(part, index + 1))];
        var mask = Single(parts, "mask") is { } part ? ImageReader.Mask(part, images[0].Size) : null;
        return order with { Images = images, Mask = mask };
    }

    private static FormPart[] Images(IReadOnlyList<FormPart> parts)
    {
        FormPart[] list = [.. parts.Where(part => part.Name == "image[]")];
        return (Single(parts, "image"), list.Length) switch
        {
            (null, 0) => throw new RefusedException(new(400, "Missing required parameter: 'image'.", Param: "image", Code: "missing_required_parameter")),
            (null, <= MostImages) => list,
            ({ } one, 0) => [one],
            (null, _) => throw new RefusedException(Refusal.Value("image", $"Invalid 'image': array too long. Expected an array with maximum length {MostImages}, but got {list.Length} instead.")),
            _ => throw Twice("image"),
        };
    }

    private static FormPart? Single(IReadOnlyList<FormPart> parts, string name)
    {
        FormPart[] found = [.. parts.Where(part => part.Name == name)];
        return found.Length > 1 ? throw Twice(name) : found is [var only] ? only : null;
    }

    /// <summary>A form has only texts; the rules want numbers and truth values where the description does.</summary>
    private static JsonElement Words(IEnumerable<FormPart> parts)
    {
        var words = new JsonObject();
        foreach (var part in parts)
        {
            if (part.IsFile || part.ContentType is not null)
            {
                throw new RefusedException(new(400, $"Invalid type for '{part.Name}': expected text, but got a file.", Param: part.Name, Code: "invalid_type"));
            }

            if (!words.TryAdd(part.Name, Value(part.Name, part.Text)))
            {
                throw Twice(part.Name);
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

    private static RefusedException Twice(string name) =>
        new(new(400, $"Duplicate parameter: '{name}'. It may be given once; a list is written as '{name}[]'.", Param: name, Code: "duplicate_parameter"));
}
