using GptImage2.Mcp.Tests.Repository;

namespace GptImage2.Mcp.Tests.Http.Attacks;

/// <summary>Whatever is tried lets nobody in, leaks nothing and changes nothing of Alice's.</summary>
public sealed class AttackTests(AttackServer server, ITestOutputHelper output) : IClassFixture<AttackServer>
{
    private const int Enough = 80;

    /// <summary>How a line of the log begins, and how an exception goes on.</summary>
    private static readonly Regex LogLine = new(@"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} [+-]\d\d:\d\d \[[A-Z]{3}\] |   at |   ---|---|System\.|Microsoft\.| ---> |$)", RegexOptions.CultureInvariant);

    public static TheoryData<string> Names => [.. AttackReport.All.Keys];

    [Fact]
    public void There_are_enough_of_them() => AttackReport.All.Count.ShouldBeGreaterThanOrEqualTo(Enough);

    [Fact]
    public void The_docs_name_each_of_them() => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "security.md")).ReplaceLineEndings("\n").ShouldContain(AttackReport.FormatNames());

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nothing_is_let_in_and_nothing_leaks(string name)
    {
        var attack = AttackReport.All[name];
        var attempt = new Attempt(server);

        var got = await attack.RunAsync(attempt);

        output.WriteLine($"tried: {attack.Tries}\ngot:   {got}");
        server.Outcomes[name] = got;
        server.Alice.Secrets.Where(secret => attempt.Received.Contains(secret, StringComparison.Ordinal) && !attempt.Sent.Contains(secret, StringComparison.Ordinal)).ShouldBeEmpty();
        server.Paths.ShouldAllBe(path => !attempt.Received.Contains(path, StringComparison.Ordinal), attempt.Received);
        attempt.Received.ShouldNotContain("   at ", Case.Sensitive, "a stack trace");
        var log = server.ReadNewLog();
        server.Alice.Unlogged.Append(server.Mallory).ShouldAllBe(secret => !log.Contains(secret, StringComparison.Ordinal), log);
        log.Split('\n').Where(line => !LogLine.IsMatch(line)).ShouldBeEmpty("a line that somebody else wrote");
        log.ShouldNotContain("[ERR]", Case.Sensitive, "what a client does wrong is no error of the server");
        (await server.Alice.DescribeAsync()).ShouldBe(server.Alice.Belongings);
    }
}
