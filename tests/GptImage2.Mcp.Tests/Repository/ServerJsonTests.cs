using GptImage2.Mcp.Server;
using NJsonSchema;

namespace GptImage2.Mcp.Tests.Repository;

/// <summary>What registries read about us.</summary>
public sealed class ServerJsonTests
{
    [Fact]
    public async Task Satisfies_the_registrys_schema()
    {
        // The validator does not know "const"; an enumeration of one says the same.
        var text = RepositoryRoot.Read("tests/GptImage2.Mcp.Tests/Repository/server.schema.json").Replace("\"const\": \"latest\"", "\"enum\": [\"latest\"]", StringComparison.Ordinal);
        var schema = await JsonSchema.FromJsonAsync(text, TestContext.Current.CancellationToken);

        schema.Validate(RepositoryRoot.Read("server.json")).ShouldBeEmpty();
        schema.Validate(RepositoryRoot.Read("server.json").Replace("\"0.1.0\"", "\"latest\"", StringComparison.Ordinal)).ShouldNotBeEmpty();
    }

    [Fact]
    public void Agrees_with_the_server_and_the_README()
    {
        using var json = JsonDocument.Parse(RepositoryRoot.Read("server.json"));

        json.RootElement.GetProperty("version").GetString().ShouldBe(ServerDefinition.Version);
        RepositoryRoot.Read("README.md").ShouldContain($"mcp-name: {json.RootElement.GetProperty("name").GetString()}");
        foreach (var variable in json.RootElement.GetProperty("packages")[0].GetProperty("environmentVariables").EnumerateArray())
        {
            KnownSettings.Variables.ShouldContain(variable.GetProperty("name").GetString()!);
        }
    }
}
