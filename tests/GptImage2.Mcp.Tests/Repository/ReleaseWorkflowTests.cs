using YamlDotNet.RepresentationModel;

namespace GptImage2.Mcp.Tests.Repository;

/// <summary>What a tag starts on GitHub: it may do little, and runs nothing that others can change.</summary>
public sealed partial class ReleaseWorkflowTests
{
    private static readonly string Text = RepositoryRoot.Read(".github/workflows/release.yml");

    private static YamlMappingNode Workflow { get; } = Parse();

    private static IEnumerable<YamlMappingNode> Jobs => Map(Workflow, "jobs").Children.Values.Cast<YamlMappingNode>();

    [Fact]
    public void Every_action_is_pinned_to_a_commit_and_says_which_version_that_is()
    {
        var actions = Text.Split('\n').Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToArray();

        actions.ShouldNotBeEmpty();
        actions.ShouldAllBe(line => PinnedAction.IsMatch(line));
    }

    [Fact]
    public void It_may_read_and_each_job_says_what_it_needs_more()
    {
        Map(Workflow, "permissions").Children.ShouldHaveSingleItem().ShouldBe(KeyValuePair.Create<YamlNode, YamlNode>("contents", "read"));
        Jobs.Where(job => job.Children.ContainsKey("permissions")).SelectMany(job => Map(job, "permissions").Children).Where(permission => permission.Value.ToString() is "write")
            .Select(permission => permission.Key.ToString()).Distinct().ShouldBe(["contents", "id-token", "attestations"], ignoreOrder: true);
    }

    [Fact]
    public void Tags_alone_start_it()
    {
        Map(Workflow, "on").Children.ShouldHaveSingleItem().Key.ToString().ShouldBe("push");
        Map(Map(Workflow, "on"), "push").Children.ShouldHaveSingleItem().Key.ToString().ShouldBe("tags");
        Text.ShouldNotContain("pull_request");
    }

    [Fact]
    public void No_script_is_made_of_what_a_tag_is_called() =>
        Jobs.SelectMany(job => ((YamlSequenceNode)job["steps"]).Children.Cast<YamlMappingNode>()).Where(step => step.Children.ContainsKey("run"))
            .ShouldAllBe(step => !step["run"].ToString().Contains("${{ github.", StringComparison.Ordinal));

    [Fact]
    public void The_scripts_it_runs_are_there()
    {
        var scripts = Script.Matches(Text).Select(match => match.Value).Distinct().ToArray();

        scripts.ShouldBe(["packaging/build", "packaging/release", "packaging/checksums", "tests/packaging/run"], ignoreOrder: true);
        scripts.ShouldAllBe(script => File.Exists(Path.Combine(RepositoryRoot.Path, script)));
    }

    /// <summary>What packaging/release makes for all platforms, each is made on a runner that is named here.</summary>
    [Fact]
    public void Every_platform_has_a_runner()
    {
        var platforms = Platforms.Match(RepositoryRoot.Read("src/Directory.Build.props")).Groups[1].Value.Split(';');

        Platform.Matches(Text).Select(match => match.Groups[1].Value).ShouldBe(platforms.Where(platform => platform is not "any"), ignoreOrder: true);
    }

    private static YamlMappingNode Parse()
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Text));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static YamlMappingNode Map(YamlMappingNode node, string key) => (YamlMappingNode)node[key];

    [GeneratedRegex(@"uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex PinnedAction { get; }

    [GeneratedRegex(@"(?<=run: )(?:tests/)?packaging/\w+")]
    private static partial Regex Script { get; }

    [GeneratedRegex(@"<RuntimeIdentifiers>([^<]+)<")]
    private static partial Regex Platforms { get; }

    [GeneratedRegex(@"- platform: ([\w-]+)")]
    private static partial Regex Platform { get; }
}
