using System.Text.RegularExpressions;
using GptImage2.Generation.Models;
using GptImage2.Generation.Spending;
using GptImage2.Testing.Hosts;

namespace GptImage2.Mcp.Tests.Repository;

/// <summary>The README's tables say what the code does.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = RepositoryRoot.Read("README.md");

    [Fact]
    public void Every_setting_has_a_row_and_every_row_is_a_setting() =>
        Variable.Matches(Section("## Settings")).Select(match => match.Groups[1].Value).Distinct().ShouldBe(KnownSettings.Variables, ignoreOrder: true);

    [Fact]
    public async Task Every_tool_has_a_row()
    {
        await using var server = await McpHost.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        foreach (var tool in await server.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            Section("## Tools").ShouldContain($"| `{tool.Name}` |");
        }
    }

    [Fact]
    public void Prices_follow_from_the_profile() => Between("prices").ShouldBe(Prices());

    private static string Prices()
    {
        var profile = KnownModels.Resolve(KnownModels.Default);
        var qualities = profile.Qualities.Where(quality => quality is not ImageQuality.Auto).ToArray();
        string[] lines =
        [
            $"| preset | size | {string.Join(" | ", qualities.Select(quality => quality.Name))} |",
            $"|---|---|{string.Concat(qualities.Select(_ => "---|"))}",
            .. SizePreset.All.Select(preset => FormattableString.Invariant(
                $"| `{preset.Name}` | {preset.Size} | {string.Join(" | ", qualities.Select(quality => FormattableString.Invariant($"{PriceCalculator.EstimateImage(profile, preset.Size, quality):0.0000}")))} |")),
        ];
        return string.Join('\n', lines);
    }

    private static string Between(string mark) =>
        Regex.Match(Readme, $"<!-- {mark} -->\n(.*)<!-- /{mark} -->", RegexOptions.Singleline).Groups[1].Value.Trim();

    private static string Section(string heading)
    {
        var start = Readme.IndexOf(heading, StringComparison.Ordinal);
        var end = Readme.IndexOf("\n## ", start + heading.Length, StringComparison.Ordinal);
        return Readme[start..end];
    }

    /// <summary>In the first column only: other cells mention settings too.</summary>
    [GeneratedRegex(@"(?<=^\|[^|]*)`((?:GPTIMAGE2|OPENAI)_[A-Z_]+)`", RegexOptions.Multiline)]
    private static partial Regex Variable { get; }
}
