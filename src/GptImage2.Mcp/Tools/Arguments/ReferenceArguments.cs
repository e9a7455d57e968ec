using System.Globalization;
using System.Text.Json.Nodes;
using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>A reference as a model writes it.</summary>
internal sealed record ReferenceArguments
{
    public string? Image { get; init; }

    public ReferenceRole? Role { get; init; }

    public string? Note { get; init; }

    public bool? FullSize { get; init; }

    public static JsonObject CreateSchema(string description, int most)
    {
        var roles = Enum.GetValues<ReferenceRole>();
        return CreateList(
            new JsonObject
            {
                ["image"] = SchemaBuilder.Text(ImageArgumentDescriptions.Short),
                ["role"] = SchemaBuilder.OneOf(
                    $"Default object. {string.Join("; ", roles.Select(role => $"{role.Name}: {role.Purpose}"))}.",
                    roles.Select(role => role.Name)),
                ["note"] = SchemaBuilder.Text("More about it for the model."),
                ["full_size"] = SchemaBuilder.Flag("Do not scale down to what the model sees."),
            },
            description,
            most);
    }

    /// <summary>The same for a further tool, whose own picture is the base.</summary>
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

    /// <param name="index">Its place among the references, from 0.</param>
    public Reference ToReference(int index) => new()
    {
        Image = Image ?? "",
        Role = Role ?? ReferenceRole.Object,
        Note = Note,
        FullSize = FullSize is true,
        Argument = string.Create(CultureInfo.InvariantCulture, $"references[{index}].image"),
    };

    private static JsonObject CreateList(JsonObject properties, string description, int most)
    {
        var list = SchemaBuilder.List(SchemaBuilder.Object(properties, "image"));
        list["description"] = description;
        list["maxItems"] = most;
        return list;
    }
}
