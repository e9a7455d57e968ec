using GptImage2.Mcp.Http.Settings;
using GptImage2.Mcp.Server;
using NJsonSchema;

namespace GptImage2.Mcp.Tests.Repository;

/// <summary>What registries read about us.</summary>
public sealed partial class ServerJsonTests
{
    private const string FileName = "server.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task Satisfies_the_registrys_schema()
    {
        // The validator does not know "const"; an enumeration of one says the same.
        var text = RepositoryRoot.Read("tests/GptImage2.Mcp.Tests/Repository/server.schema.json").Replace("\"const\": \"latest\"", "\"enum\": [\"latest\"]", StringComparison.Ordinal);
        var schema = await JsonSchema.FromJsonAsync(text, TestContext.Current.CancellationToken);

        schema.Validate(RepositoryRoot.Read(FileName)).ShouldBeEmpty();
        schema.Validate(RepositoryRoot.Read(FileName).Replace("\"0.1.0\"", "\"latest\"", StringComparison.Ordinal)).ShouldNotBeEmpty();
    }

    [Fact]
    public void Asks_for_what_the_settings_table_has_as_the_code_reads_it()
    {
        var server = Read();
        var package = server["packages"]![0]!.AsObject();
        var variables = new JsonArray([.. SettingRow.Asked.Select(row => (JsonNode)row.ToServerJson())]);
        if (File.Exists(Path.Combine(RepositoryRoot.Path, "tests/GptImage2.Mcp.Tests/Contract/update")))
        {
            package["environmentVariables"] = variables.DeepClone();
            File.WriteAllText(Path.Combine(RepositoryRoot.Path, FileName), server.ToJsonString(Readable) + "\n");
        }

        package["environmentVariables"]!.ToJsonString(Readable).ShouldBe(
            variables.ToJsonString(Readable), "server.json, and docs/settings.md with the code. To make the first from the others: touch tests/GptImage2.Mcp.Tests/Contract/update, run this test once, and delete that file.");
        variables.Count(variable => variable!["isSecret"] is not null).ShouldBe(1);
    }

    /// <summary>NuGet's own readme must name the server, or the registry refuses the package.</summary>
    [Fact]
    public void Names_the_package_that_is_packed_and_that_names_it()
    {
        var server = Read();
        var package = server["packages"]!.AsArray().ShouldHaveSingleItem()!;
        var project = RepositoryRoot.Read("src/GptImage2.Mcp/GptImage2.Mcp.csproj");

        package["registryType"]!.GetValue<string>().ShouldBe("nuget");
        project.ShouldContain($"<PackageId>{package["identifier"]}</PackageId>");
        project.ShouldContain("<PackageType>McpServer</PackageType>");
        package["version"]!.GetValue<string>().ShouldBe(ServerDefinition.Version);
        server["version"]!.GetValue<string>().ShouldBe(ServerDefinition.Version);
        package["transport"]!["type"]!.GetValue<string>().ShouldBe("stdio");
        foreach (var readme in (string[])["README.md", "src/GptImage2.Mcp/README.md"])
        {
            RepositoryRoot.Read(readme).ShouldContain($"mcp-name: {server["name"]} ");
        }
    }

    [Fact]
    public void A_teams_server_is_at_the_address_that_the_server_has()
    {
        var remote = Read()["remotes"]!.AsArray().ShouldHaveSingleItem()!;

        remote["type"]!.GetValue<string>().ShouldBe("streamable-http");
        remote["url"]!.GetValue<string>().ShouldBe($"https://{{host}}{HttpEndpoints.Mcp}");
        remote["headers"]![0]!["isSecret"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public void Every_variable_in_a_template_is_described_beside_it()
    {
        var remote = Read()["remotes"]![0]!;

        (JsonNode Holder, string Template)[] templates = [(remote, "url"), .. remote["headers"]!.AsArray().Select(header => (header!, "value"))];

        foreach (var (holder, template) in templates)
        {
            Hole.Matches(holder[template]!.GetValue<string>()).Select(match => match.Groups[1].Value).ShouldBe(holder["variables"]!.AsObject().Select(variable => variable.Key));
            holder["variables"]!.AsObject().ShouldAllBe(variable => variable.Value!["description"] != null);
        }
    }

    private static JsonNode Read() => JsonNode.Parse(RepositoryRoot.Read(FileName))!;

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Hole { get; }
}
