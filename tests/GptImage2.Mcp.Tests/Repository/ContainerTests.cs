using System.Xml.Linq;
using GptImage2.Mcp.Http.Settings;

namespace GptImage2.Mcp.Tests.Repository;

/// <summary>The container's recipe, of which no test can make an image where no base is to be had.</summary>
public sealed partial class ContainerTests
{
    private static readonly string Recipe = RepositoryRoot.Read("packaging/Dockerfile");
    private static readonly string[] Ignored = [.. RepositoryRoot.Read(".dockerignore").Split('\n').Where(line => line is not "" && line[0] is not '#')];
    private static readonly XElement Project = XElement.Parse(RepositoryRoot.Read("src/GptImage2.Mcp/GptImage2.Mcp.csproj"));

    /// <summary>The last stage: what is shipped.</summary>
    private static string Image { get; } = Recipe[Recipe.LastIndexOf("\nFROM ", StringComparison.Ordinal)..];

    [Fact]
    public void It_runs_as_a_user_by_number_who_is_not_root() =>
        new[] { User.Matches(Image).Last().Groups[1].Value, Read("ContainerUser") }.ShouldAllBe(user => int.Parse(user, CultureInfo.InvariantCulture) > 0);

    [Fact]
    public void Its_bases_are_of_one_release_and_the_last_has_no_shell()
    {
        var bases = Base.Matches(Recipe).Select(match => match.Groups[1].Value).ToArray();

        bases.ShouldAllBe(name => TagWithVersion.IsMatch(name));
        bases[^1].ShouldEndWith("-chiseled");
        bases[^1].ShouldBe(Read("ContainerBaseImage"));
        Image.ShouldNotContain("RUN ");
    }

    [Fact]
    public void It_is_labelled_with_the_name_in_the_registry()
    {
        var name = JsonNode.Parse(RepositoryRoot.Read("server.json"))!["name"]!.GetValue<string>();

        Image.ShouldContain($"LABEL io.modelcontextprotocol.server.name=\"{name}\"");
        Project.Descendants("ContainerLabel").Single(label => label.Attribute("Include")!.Value is "io.modelcontextprotocol.server.name").Attribute("Value")!.Value.ShouldBe(name);
    }

    [Fact]
    public void It_asks_itself_for_its_health_without_a_shell_and_opens_the_port_it_serves()
    {
        var port = new Uri(HttpOptions.DefaultUrl).Port;

        Image.ShouldMatch("""HEALTHCHECK .*CMD \["/app/gptimage2-mcp", "health"\]""");
        Image.ShouldContain("ENTRYPOINT [\"/app/gptimage2-mcp\"]");
        Image.ShouldContain($"EXPOSE {port}");
        Project.Descendants("ContainerPort").ShouldHaveSingleItem().Attribute("Include")!.Value.ShouldBe($"{port}");
    }

    /// <summary>Everything is kept out but what is named, and that is what the server is compiled of.</summary>
    [Fact]
    public void No_history_no_output_and_no_secret_is_copied_into_it()
    {
        Ignored[0].ShouldBe("*");
        Ignored.Where(line => line[0] is '!').ShouldBe(
            ["!assets/", "!guides/", "!prompts/", "!src/", "!*.props", "!*.targets", "!.editorconfig", "!BannedSymbols.txt", "!LICENSE", "!global.json", "!server.json"]);
        Ignored.ShouldContain("**/secrets/");
        Copy.Matches(Image).Select(match => match.Groups[1].Value).ShouldBe(["/app", "/data"]);
        Recipe.ShouldNotContain("ARG ");
        Recipe.ShouldNotContain("KEY");
    }

    [Fact]
    public void Compose_takes_from_it_what_it_does_not_need()
    {
        var compose = RepositoryRoot.Read("packaging/compose.yaml");

        foreach (var line in (string[])["read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "tmpfs:", $"user {User.Matches(Image).Last().Groups[1].Value}"])
        {
            compose.ShouldContain(line);
        }

        compose.ShouldNotContain("bash");
    }

    private static string Read(string property) => Project.Descendants(property).ShouldHaveSingleItem().Value;

    [GeneratedRegex(@"^FROM (\S+)", RegexOptions.Multiline)]
    private static partial Regex Base { get; }

    [GeneratedRegex(@":\d+\.\d+-[a-z-]+$")]
    private static partial Regex TagWithVersion { get; }

    [GeneratedRegex(@"^USER (\d+)$", RegexOptions.Multiline)]
    private static partial Regex User { get; }

    [GeneratedRegex(@"^COPY .*?(/\S+) /\S+$", RegexOptions.Multiline)]
    private static partial Regex Copy { get; }
}
