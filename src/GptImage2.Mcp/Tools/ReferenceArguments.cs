using System.Globalization;
using System.Text.Json.Nodes;
using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Tools;

/// <summary>A reference as a model writes it.</summary>
internal sealed record ReferenceArguments
{
    public string? Image { get; init; }

    public ReferenceRole? Role { get; init; }

    public string? Note { get; init; }

    public bool? FullSize { get; init; }

    /// <param name="roles">Those that may be chosen.</param>
    public static JsonObject Schema(string description, IEnumerable<ReferenceRole> roles, int most)
    {
        ReferenceRole[] choices = [.. roles];
        var list = Results.Schema.List(Results.Schema.Object(
            new JsonObject
            {
                ["image"] = Results.Schema.Text(ImageArgument.Short),
                ["role"] = Results.Schema.OneOf(
                    $"Default object. {string.Join("; ", choices.Select(role => $"{role.Name}: {role.Purpose}"))}.",
                    choices.Select(role => role.Name)),
                ["note"] = Results.Schema.Text("More about it for the model."),
                ["full_size"] = Results.Schema.Flag("Do not scale down to what the model sees."),
            },
            "image"));
        list["description"] = description;
        list["maxItems"] = most;
        return list;
    }

    /// <param name="index">Its place among the references, from 0.</param>
    public Reference ToReference(int index) => new()
    {
        Image = Image ?? "",
        Role = Role ?? ReferenceRole.Object,
        Note = Note,
        FullSize = FullSize is true,
        Argument = string.Create(CultureInfo.InvariantCulture, $"references[{index}].image"),
    };
}
