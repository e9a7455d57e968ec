using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Http.Exposure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Tests.Http.Operations;

/// <summary>What <c>doctor http</c> says of settings.</summary>
public sealed class ExposureTests : IDisposable
{
    private static readonly (string, string) Audience = ("GPTIMAGE2_HTTP__AUDIENCE", "https://studio.example.com/mcp");

    private readonly string _tokens = Path.Combine(Path.GetTempPath(), $"gptimage2-{Path.GetRandomFileName()}");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_defaults_are_safe_and_it_says_that_only_this_machine_gets_in()
    {
        var findings = await ReportAsync();

        findings.ShouldAllBe(finding => finding.Remedy == null);
        Text(findings, "address").ShouldBe("http://127.0.0.1:7823: this machine only");
        Text(findings, "callers").ShouldContain("everybody who can reach it");
    }

    [Fact]
    public async Task Another_machines_way_in_without_authentication_is_not_safe()
    {
        var findings = await ReportAsync(("GPTIMAGE2_HTTP__URLS", "http://0.0.0.0:7823"));

        findings.Where(finding => finding.Remedy is not null).Select(finding => finding.Subject).ShouldBe(["address", "TLS"]);
    }

    [Fact]
    public async Task Tokens_without_TLS_are_not_safe_beyond_this_machine_and_are_behind_a_proxy_that_has_it()
    {
        WriteTokens($"ann: {Hash(0)}\nben: {Hash(1)}\n# nobody\n");
        (string, string)[] open = [("GPTIMAGE2_HTTP__URLS", "http://0.0.0.0:7823"), ("GPTIMAGE2_HTTP__TOKENS", _tokens)];

        var bare = await ReportAsync(open);
        var proxied = await ReportAsync([.. open, ("GPTIMAGE2_HTTP__PROXIES", "10.0.0.1"), ("GPTIMAGE2_HTTP__PUBLICURL", "https://studio.example.com")]);

        bare.Where(finding => finding.Remedy is not null).ShouldHaveSingleItem().Subject.ShouldBe("TLS");
        proxied.ShouldAllBe(finding => finding.Remedy == null);
        Text(proxied, "tokens").ShouldEndWith(": 2 names");
        Text(proxied, "hosts").ShouldContain("studio.example.com");
        Text(proxied, "proxies").ShouldContain("10.0.0.1");
    }

    [Fact]
    public async Task A_token_file_that_is_missing_or_that_others_can_change_is_not_safe()
    {
        (await ReportAsync(("GPTIMAGE2_HTTP__TOKENS", _tokens))).ShouldContain(finding => finding.Subject == "tokens" && finding.Remedy != null);
        WriteTokens($"ann: {Hash(0)}\n");
        (await ReportAsync(("GPTIMAGE2_HTTP__TOKENS", _tokens))).ShouldAllBe(finding => finding.Remedy == null);

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_tokens, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
            (await ReportAsync(("GPTIMAGE2_HTTP__TOKENS", _tokens))).ShouldContain(finding => finding.Subject == "tokens" && finding.Remedy == $"chmod 600 {_tokens}");
        }
    }

    [Fact]
    public async Task The_authority_is_asked_for_its_metadata_and_for_nothing_else()
    {
        ConcurrentQueue<string> asked = [];
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var authority = builder.Build();
        authority.Run(context =>
        {
            asked.Enqueue(context.Request.Path);
            return context.Response.WriteAsync("""{"issuer":"https://login.example.com"}""");
        });
        await authority.StartAsync(Cancellation);

        var findings = await ReportAsync(("GPTIMAGE2_HTTP__AUTHORITY", authority.Urls.Single()), Audience);
        await authority.StopAsync(Cancellation);
        var gone = await ReportAsync(("GPTIMAGE2_HTTP__AUTHORITY", "http://127.0.0.1:1"), Audience);

        Text(findings, "authority").ShouldEndWith("issuer https://login.example.com");
        asked.ShouldBe(["/.well-known/openid-configuration"]);
        gone.ShouldContain(finding => finding.Subject == "authority" && finding.Remedy != null);
    }

    [Fact]
    public async Task Proxies_that_are_everybody_and_callers_without_a_cap_are_not_safe()
    {
        var findings = await ReportAsync(("GPTIMAGE2_HTTP__PROXIES", "0.0.0.0/0"), ("OPENAI_API_KEY", "sk-test"), ("GPTIMAGE2_SPENDING__DAILYUSD", "none"));

        findings.Where(finding => finding.Remedy is not null).Select(finding => finding.Subject).ShouldBe(["proxies", "spending"]);
        string.Concat(findings).ShouldNotContain("sk-test");
    }

    public void Dispose() => File.Delete(_tokens);

    private static string Hash(byte token) => Convert.ToHexStringLower(SHA256.HashData([token]));

    private static string Text(IReadOnlyList<Finding> findings, string subject) => findings.Single(finding => finding.Subject == subject).Text;

    private static async Task<IReadOnlyList<Finding>> ReportAsync(params (string Variable, string Value)[] environment)
    {
        using var http = new HttpClient();
        var settings = ServerConfiguration.Load(environment.ToDictionary(one => one.Variable, one => one.Value), [], TimeProvider.System);
        return await new ExposureReport(settings, new AuthorityCheck(http)).CreateAsync(Cancellation);
    }

    private void WriteTokens(string text)
    {
        File.WriteAllText(_tokens, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_tokens, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
