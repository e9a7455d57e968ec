using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Models;
using GptImage2.Generation.Spending;
using GptImage2.Testing.Hosts;

namespace GptImage2.Mcp.Tests.Repository;

/// <summary>The documents say what the code does.</summary>
public sealed partial class ReadmeTests
{
    private const int MaxReadmeBytes = 7_000;

    private const int MaxImageBytes = 300_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Documents() =>
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", .. Directory.EnumerateFiles(GetPath("docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}")];

    [Fact]
    public void The_README_is_short_and_shows_an_image()
    {
        var readme = RepositoryRoot.Read("README.md");

        Encoding.UTF8.GetByteCount(readme).ShouldBeLessThan(MaxReadmeBytes);
        readme.ShouldContain("](assets/docs/");
        Directory.EnumerateFiles(GetPath("assets/docs")).Sum(file => new FileInfo(file).Length).ShouldBeLessThan(MaxImageBytes);
    }

    [Fact]
    public void Every_setting_has_a_row_and_every_row_is_a_setting() =>
        SettingRow.All.Select(row => row.Variable).ShouldBe(KnownSettings.Variables, ignoreOrder: true, "the rows of docs/settings.md, and the settings");

    [Fact]
    public void Every_default_that_the_settings_table_states_is_the_codes() =>
        SettingRow.All
            .Where(row => row.Shape is { Default: { } used } && (row.Default is "" || (row.DefaultValue is { } stated && stated != used)))
            .Select(row => $"{row.Variable} has the default {row.Shape!.Default}")
            .ShouldBeEmpty();

    [Fact]
    public async Task Every_tool_has_a_row_and_every_row_is_a_tool()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: Cancellation);

        var tools = await server.Client.ListToolsAsync(cancellationToken: Cancellation);

        FirstCell.Matches(ReadSection("README.md", "## Tools")).Select(match => match.Groups[1].Value).ShouldBe(tools.Select(tool => tool.Name), ignoreOrder: true, "the rows below Tools in README.md, and the tools");
    }

    [Fact]
    public void Prices_follow_from_the_profile() => ReadBetween("docs/jobs-and-spending.md", "prices").ShouldBe(CreatePriceTable());

    [Fact]
    public void Roles_are_those_of_references() =>
        FirstCell.Matches(ReadSection("docs/editing.md", "## Many images")).Select(match => match.Groups[1].Value)
            .ShouldBe(Enum.GetValues<Generation.Requests.ReferenceRole>().Select(role => role.ToString().ToLowerInvariant()), ignoreOrder: true, "the rows below Many images in docs/editing.md, and the roles");

    [Theory]
    [InlineData("prompts", "")]
    [InlineData("guides", "guide://")]
    public void Every_template_and_guide_has_a_row(string folder, string scheme)
    {
        var document = RepositoryRoot.Read("docs/templates.md");

        foreach (var file in Directory.EnumerateFiles(GetPath(folder), "*.md"))
        {
            var row = $"| `{scheme}{Path.GetFileNameWithoutExtension(file)}` | {Description.Match(File.ReadAllText(file)).Groups[1].Value} |";
            document.Contains(row, StringComparison.Ordinal).ShouldBeTrue($"docs/templates.md needs this row:\n{row}");
        }
    }

    [Fact]
    public void What_was_measured_can_be_measured_again()
    {
        ReadBetween("docs/benchmarks.md", "measured").ShouldContain("| what | measured |");
        var known = BenchmarkCase.Matches(RepositoryRoot.Read("tests/GptImage2.Benchmarks/Program.cs")).Select(match => match.Groups[1].Value);

        FirstCell.Matches(ReadSection("docs/benchmarks.md", "## Run them yourself")).Select(match => match.Groups[1].Value).ShouldBe(known, ignoreOrder: true, "the rows below Run them yourself in docs/benchmarks.md, and the benchmarks");
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_leads_somewhere(string document)
    {
        var folder = Path.GetDirectoryName(GetPath(document))!;

        Link.Matches(RepositoryRoot.Read(document))
            .Select(match => (File: match.Groups[1].Value is "" ? GetPath(document) : Path.Combine(folder, match.Groups[1].Value), Heading: match.Groups[2].Value))
            .Where(link => !File.Exists(link.File) || (link.Heading is not "" && !ReadHeadings(link.File).Contains(link.Heading)))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/design.md")]
    public void Every_path_that_is_named_exists(string document) =>
        NamedPath.Matches(RepositoryRoot.Read(document)).Select(match => match.Groups[1].Value).Where(path => !Path.Exists(GetPath(path))).ShouldBeEmpty();

    private static string CreatePriceTable()
    {
        var profile = OpenAIModels.Resolve(OpenAIModels.Default);
        var qualities = profile.Qualities.Where(quality => quality is not ImageQuality.Auto).ToArray();
        string[] lines =
        [
            $"| preset | size | {string.Join(" | ", qualities.Select(quality => quality.Name))} |",
            $"|---|---|{string.Concat(qualities.Select(_ => "---|"))}",
            .. SizePreset.All.Select(preset =>
                $"| `{preset.Name}` | {preset.Size} | {string.Join(" | ", qualities.Select(quality => $"{PriceCalculator.EstimateImage(profile, preset.Size, quality):0.0000}"))} |"),
        ];
        return string.Join('\n', lines);
    }

    private static string ReadBetween(string document, string mark) =>
        Regex.Match(RepositoryRoot.Read(document), $"<!-- {mark} -->\n(.*)<!-- /{mark} -->", RegexOptions.Singleline).Groups[1].Value.Trim();

    private static string ReadSection(string document, string heading)
    {
        var text = RepositoryRoot.Read(document);
        var start = text.IndexOf(heading, StringComparison.Ordinal);
        var end = text.IndexOf("\n## ", start + heading.Length, StringComparison.Ordinal);
        return end < 0 ? text[start..] : text[start..end];
    }

    /// <summary>The headings of a document as GitHub turns them into anchors.</summary>
    private static IEnumerable<string> ReadHeadings(string file) => Heading.Matches(File.ReadAllText(file))
        .Select(match => NotInAnchor.Replace(match.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    private static string GetPath(string file) => Path.Combine(RepositoryRoot.Path, file);

    [GeneratedRegex(@"^\| `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex FirstCell { get; }

    [GeneratedRegex(@"^description: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Description { get; }

    [GeneratedRegex(@"case \[""(\w+)""")]
    private static partial Regex BenchmarkCase { get; }

    /// <summary>A link inside the repository.</summary>
    [GeneratedRegex(@"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor { get; }

    [GeneratedRegex(@"`((?:src|tests|docs|assets|guides|prompts)/[^`\s*]+)`")]
    private static partial Regex NamedPath { get; }
}
