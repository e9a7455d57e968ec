using GptImage2.Generation.Errors;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Tests.Inputs;

/// <summary>Names that lead where nothing may be read, through the real finder over real folders, links and pipes.</summary>
public sealed class HostileImageArgumentTests(HostileFilesFixture hostile) : IClassFixture<HostileFilesFixture>
{
    public static TheoryData<string, FailureCode, string> Rows() => [.. HostileImageArguments.All];

    [Theory]
    [MemberData(nameof(Rows), DisableDiscoveryEnumeration = true)]
    public async Task Are_refused_by_the_right_rule_in_words_that_name_the_argument(string text, FailureCode code, string tells)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "These are the rules of Unix.");

        var failure = await hostile.Ground.RefusalAsync(text);

        failure.Code.ShouldBe(code);
        failure.Argument.ShouldBe("references[2].image");
        failure.Message.ShouldStartWith("references[2].image: ");
        failure.Message.ShouldContain(tells);
        failure.Message.ShouldNotContain('\n');
        failure.Retry.ShouldBe(RetryAdvice.Changed);
    }

    [Fact]
    public void Are_many() => HostileImageArguments.All.DistinctBy(row => row.Text).Count().ShouldBeGreaterThan(200);

    [Fact]
    public async Task Get_not_one_byte_read_and_not_one_connection_made()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells of every read.");
        var ground = hostile.Ground;
        await using var pipe = new FileStream(Path.Combine(ground.Work, "pipe.png"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        pipe.WriteByte(7);
        using var secret = new FileReadWatcher(ground.Secret);
        using var beside = new FileReadWatcher(ground.GetPath("work-private"));

        foreach (var (text, _, _) in HostileImageArguments.All)
        {
            await ground.RefusalAsync(text);
        }

        (await secret.SoFarAsync()).ShouldBeEmpty();
        (await beside.SoFarAsync()).ShouldBeEmpty();
        pipe.ReadByte().ShouldBe(7);
        ground.Internet.RequestedAddresses.ShouldBeEmpty();
        OpenFiles().ShouldNotContain(path => path.StartsWith(ground.Work, StringComparison.Ordinal) && !path.EndsWith("pipe.png", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fox.png")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/dev/zero")]
    [InlineData("{work}/nothing.png")]
    public async Task Are_no_paths_at_all_for_a_caller_on_another_machine(string text)
    {
        var failure = await hostile.Ground.RefusalAsync(text, new Caller("me", LocalPathsAllowed: false));

        failure.Code.ShouldBe(FailureCode.InvalidRequest);
        failure.Message.ShouldContain("local files are not available over this connection");
    }

    [Fact]
    public async Task A_data_URI_has_a_limit_too()
    {
        var failure = await hostile.Ground.RefusalAsync("data:image/png;base64," + new string('A', 71 << 20));

        failure.Message.ShouldContain("at most 50 MB");
        failure.Message.ShouldContain("inbox");
        failure.Message.Length.ShouldBeLessThan(500);
    }

    private static string[] OpenFiles() => [.. new DirectoryInfo("/proc/self/fd").EnumerateFiles().Select(file => file.LinkTarget).OfType<string>()];
}
