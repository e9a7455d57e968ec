using GptImage2.Mcp.Http.Settings;
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

    [Fact]
    public void A_teams_server_is_at_the_address_that_the_server_has()
    {
        using var json = JsonDocument.Parse(RepositoryRoot.Read("server.json"));

        var remote = json.RootElement.GetProperty("remotes").EnumerateArray().ShouldHaveSingleItem();

        remote.GetProperty("type").GetString().ShouldBe("streamable-http");
        remote.GetProperty("url").GetString().ShouldBe($"https://{{host}}{HttpEndpoints.Mcp}");
        remote.GetProperty("variables").TryGetProperty("host", out _).ShouldBeTrue();
        remote.GetProperty("headers")[0].GetProperty("isSecret").GetBoolean().ShouldBeTrue();
    }
}
