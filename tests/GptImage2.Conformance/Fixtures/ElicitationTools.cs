using System.ComponentModel;
using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace GptImage2.Conformance.Fixtures;

/// <summary>Tools that ask the user while they run, as up to 2025-11-25.</summary>
[McpServerToolType]
internal sealed class ElicitationTools
{
    private static readonly string[] Options = ["option1", "option2", "option3"];

    [McpServerTool(Name = "test_elicitation"), Description("Asks for a name and an address")]
    public static Task<string> AskAsync(McpServer server, string message, CancellationToken cancellationToken) => AskAsync(
        server,
        message,
        new RequestSchema
        {
            Properties = new Dictionary<string, PrimitiveSchemaDefinition>
            {
                ["username"] = new StringSchema { Description = "User's response" },
                ["email"] = new StringSchema { Description = "User's email address" },
            },
            Required = ["username", "email"],
        },
        cancellationToken);

    [McpServerTool(Name = "test_elicitation_sep1034_defaults"), Description("Asks with defaults")]
    public static Task<string> AskWithDefaultsAsync(McpServer server, CancellationToken cancellationToken) => AskAsync(
        server,
        "Please review the defaults",
        new RequestSchema
        {
            Properties = new Dictionary<string, PrimitiveSchemaDefinition>
            {
                ["name"] = new StringSchema { Default = "John Doe" },
                ["age"] = new NumberSchema { Type = "integer", Default = 30 },
                ["score"] = new NumberSchema { Default = 95.5 },
                ["status"] = new UntitledSingleSelectEnumSchema { Enum = ["active", "inactive", "pending"], Default = "active" },
                ["verified"] = new BooleanSchema { Default = true },
            },
            Required = [],
        },
        cancellationToken);

    [McpServerTool(Name = "test_elicitation_sep1330_enums"), Description("Asks with enumerations")]
    public static Task<string> AskWithEnumsAsync(McpServer server, CancellationToken cancellationToken) => AskAsync(
        server,
        "Please choose",
        new RequestSchema
        {
            Properties = new Dictionary<string, PrimitiveSchemaDefinition>
            {
                ["untitledSingle"] = new UntitledSingleSelectEnumSchema { Enum = [.. Options] },
                ["titledSingle"] = new TitledSingleSelectEnumSchema { OneOf = Title("Option") },
                ["legacyEnum"] = new LegacyTitledEnumSchema { Enum = ["opt1", "opt2", "opt3"], EnumNames = ["Option One", "Option Two", "Option Three"] },
                ["untitledMulti"] = new UntitledMultiSelectEnumSchema { Items = new() { Enum = [.. Options] } },
                ["titledMulti"] = new TitledMultiSelectEnumSchema { Items = new() { AnyOf = Title("Choice") } },
            },
            Required = [],
        },
        cancellationToken);

    private static List<EnumSchemaOption> Title(string word) =>
    [
        new() { Const = "value1", Title = $"First {word}" },
        new() { Const = "value2", Title = $"Second {word}" },
        new() { Const = "value3", Title = $"Third {word}" },
    ];

    private static async Task<string> AskAsync(McpServer server, string message, RequestSchema schema, CancellationToken cancellationToken)
    {
        var answer = await server.ElicitAsync(new ElicitRequestParams { Message = message, RequestedSchema = schema }, cancellationToken);
        return $"Elicitation completed: action={answer.Action}, content={JsonSerializer.Serialize(answer.Content)}";
    }
}
