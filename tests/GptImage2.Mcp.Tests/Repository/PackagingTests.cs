using GptImage2.Generation.Jobs;
using GptImage2.Mcp.Http.Settings;

namespace GptImage2.Mcp.Tests.Repository;

/// <summary>What operators copy agrees with the server.</summary>
public sealed partial class PackagingTests
{
    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "packaging"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(RepositoryRoot.Path, file)).Where(file => !file.Contains("secrets", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_variable_is_a_setting(string file) =>
        Variable.Matches(RepositoryRoot.Read(file)).Select(match => match.Value).Distinct().Except(KnownSettings.Variables).ShouldBeEmpty();

    [Fact]
    public void Jobs_have_more_time_to_end_than_the_server_gives_them()
    {
        var drain = new JobOptions().Drain.TotalSeconds;

        int.Parse(Regex.Match(RepositoryRoot.Read("packaging/systemd/gptimage2-mcp.service"), @"TimeoutStopSec=(\d+)").Groups[1].Value, CultureInfo.InvariantCulture).ShouldBeGreaterThan((int)drain + 15);
        int.Parse(Regex.Match(RepositoryRoot.Read("packaging/compose.yaml"), @"stop_grace_period: (\d+)s").Groups[1].Value, CultureInfo.InvariantCulture).ShouldBeGreaterThan((int)drain + 15);
    }

    [Theory]
    [InlineData("packaging/proxy/Caddyfile", "max_size {0}MB")]
    [InlineData("packaging/proxy/nginx.conf", "client_max_body_size {0}m;")]
    public void Proxies_let_through_what_the_server_takes_and_know_its_port(string file, string limit)
    {
        var text = RepositoryRoot.Read(file);

        text.ShouldContain(string.Format(CultureInfo.InvariantCulture, limit, new HttpOptions().MaxRequestBytes / 1024 / 1024));
        text.ShouldContain(new Uri(HttpOptions.DefaultUrl).Authority);
    }

    [GeneratedRegex("(?:GPTIMAGE2|OPENAI|OTEL)_[A-Z_]+")]
    private static partial Regex Variable { get; }
}
