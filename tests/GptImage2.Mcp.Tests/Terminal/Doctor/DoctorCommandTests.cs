using GptImage2.Mcp.Server;
using GptImage2.Mcp.Terminal.Doctor;
using GptImage2.Mcp.Tests.Repository;
using GptImage2.Testing.Time;

namespace GptImage2.Mcp.Tests.Terminal.Doctor;

public sealed class DoctorCommandTests
{
    private static readonly DoctorFinding Well = DoctorFinding.Ok("images", "/home/me/Pictures/gpt-image-2 is writable");

    private static readonly DoctorFinding Broken = DoctorFinding.Wrong(
        "cursor", "gpt-image-2 in /home/me/.cursor/mcp.json does not start: /old/gptimage2-mcp cannot be started (No such file or directory)", "gptimage2-mcp config cursor --write");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_shows_what_a_script_gets()
    {
        var (code, output) = await RunAsync(json: true, Well, Broken);

        code.ShouldBe(1);
        var documented = Regex.Match(RepositoryRoot.Read("docs/clients.md"), "<!-- doctor -->\n```json\n(.*)```\n<!-- /doctor -->", RegexOptions.Singleline).Groups[1].Value;
        documented.ShouldBe(output.Replace(ServerDefinition.Version, ServerDefinition.Version.Split('+')[0], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ok", 0, "All checks passed.")]
    [InlineData("note", 0, "No errors; 1 note.")]
    [InlineData("wrong", 1, "1 of 2 findings must be mended; the lines above say how.")]
    public async Task The_exit_code_says_whether_something_must_be_mended(string second, int expected, string conclusion)
    {
        var (code, output) = await RunAsync(json: false, Well, second switch { "ok" => Well, "wrong" => Broken, _ => DoctorFinding.Note("fonts", "could be more", "sudo apt install fonts-noto") });

        (code, output.Split('\n')[^2]).ShouldBe((expected, conclusion));
    }

    [Fact]
    public async Task A_service_that_says_nothing_is_not_waited_for_without_end()
    {
        var clock = new WatchedTimeProvider();

        var finding = new Attempt(clock).RunAsync("backend", WaitAsync, failure => failure is TimeoutException ? "later" : null, Cancellation);
        clock.Advance(await clock.TimerWithinAsync(TimeSpan.FromMinutes(1)));

        (await finding).ShouldBe(DoctorFinding.Wrong("backend", "no answer came within 30 s", "later"));

        static async Task<string> WaitAsync(CancellationToken cancellation)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return "never";
        }
    }

    private static async Task<(int Code, string Output)> RunAsync(bool json, params DoctorFinding[] findings)
    {
        var output = new StringWriter { NewLine = "\n" };
        var code = await new DoctorCommand([_ => findings.ToAsyncEnumerable()], output, DoctorFinding.LeastWidth).RunAsync(json, Cancellation);
        return (code, output.ToString());
    }
}
