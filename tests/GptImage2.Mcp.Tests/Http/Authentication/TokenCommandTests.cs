using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Terminal;

namespace GptImage2.Mcp.Tests.Http.Authentication;

public sealed class TokenCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gptimage2-tokens-");

    private string File => Path.Combine(_folder.FullName, "below", "tokens");

    [Fact]
    public void A_new_token_is_printed_once_and_only_its_hash_is_kept()
    {
        var (code, output, explanation) = Run("new", "alice");

        code.ShouldBe(0);
        output.ShouldMatch("^gi2_[A-Za-z0-9_-]{43}\n$");
        explanation.ShouldContain("Authorization: Bearer");
        explanation.ShouldNotContain(output.Trim());
        var kept = System.IO.File.ReadAllText(File);
        kept.ShouldNotContain(output.Trim());
        kept.ShouldContain($"alice: {Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(output.Trim())))}\n");
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Everything_else_in_the_file_stays_as_it_is()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        var hash = new string('A', 64);
        var before = $"# the team\r\n\r\n  bob :  {hash}  \n# alice: left";
        System.IO.File.WriteAllText(File, before);

        Run("new", "alice").Code.ShouldBe(0);
        Run("list").Output.ShouldBe("bob\nalice\n");
        Run("revoke", "alice").Code.ShouldBe(0);

        System.IO.File.ReadAllText(File).ShouldBe(before + "\n");
    }

    /// <summary>A device has no length either, and a rename over it would succeed.</summary>
    [Fact]
    public void What_may_be_no_file_is_not_replaced()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, "");

        var (code, output, explanation) = Run("new", "alice");

        code.ShouldBe(1);
        output.ShouldBeEmpty();
        explanation.ShouldContain("empty, or no file");
        Directory.GetFiles(Path.GetDirectoryName(File)!).ShouldBe([File]);
        new FileInfo(File).Length.ShouldBe(0);
    }

    [Fact]
    public void The_last_token_leaves_a_file_that_takes_the_next()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, $"bob: {new string('a', 64)}");

        Run("revoke", "bob").Code.ShouldBe(0);
        Run("new", "alice").Code.ShouldBe(0);

        Run("list").Output.ShouldBe("alice\n");
    }

    [Fact]
    public void A_name_has_one_token()
    {
        Run("new", "alice").Code.ShouldBe(0);
        var kept = System.IO.File.ReadAllText(File);

        var (code, output, explanation) = Run("new", "alice");

        code.ShouldBe(1);
        output.ShouldBeEmpty();
        explanation.ShouldContain("gptimage2-mcp token revoke alice");
        System.IO.File.ReadAllText(File).ShouldBe(kept);
    }

    [Theory]
    [InlineData("")]
    [InlineData("al ice")]
    [InlineData("alice:")]
    [InlineData("#alice")]
    [InlineData("älice")]
    [InlineData("a\nb")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_name_that_could_be_mistaken_is_refused(string name)
    {
        Run("new", name).Explanation.ShouldContain("name: expected 1 to 64 letters, digits, -, _ and .");
        System.IO.File.Exists(File).ShouldBeFalse();
    }

    [Fact]
    public void A_name_that_has_no_token_cannot_be_revoked()
    {
        Run("new", "alice");

        var (code, _, explanation) = Run("revoke", "alcie");

        code.ShouldBe(1);
        explanation.ShouldContain("Nearest: alice.");
        Run("list").Output.ShouldBe("alice\n");
    }

    [Fact]
    public void Without_the_setting_nothing_is_written_and_the_line_to_set_it_is_given()
    {
        var (code, output, explanation) = Run(["new", "alice"], new Dictionary<string, string> { ["GPTIMAGE2_STORAGE__ROOT"] = _folder.FullName });

        code.ShouldBe(1);
        output.ShouldBeEmpty();
        explanation.ShouldContain($"GPTIMAGE2_HTTP__TOKENS{(OperatingSystem.IsWindows() ? " = " : "=")}'{Path.Combine(_folder.FullName, "tokens")}'");
        _folder.EnumerateFileSystemInfos().ShouldBeEmpty();
    }

    [Fact]
    public void A_file_with_wrong_lines_is_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, "nonsense\n");

        Should.Throw<InvalidSettingsException>(() => Run("new", "alice"));

        System.IO.File.ReadAllText(File).ShouldBe("nonsense\n");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private (int Code, string Output, string Explanation) Run(params string[] args) => Run(args, new Dictionary<string, string> { ["GPTIMAGE2_HTTP__TOKENS"] = File });

    private static (int Code, string Output, string Explanation) Run(string[] args, Dictionary<string, string> environment)
    {
        using StringWriter output = new() { NewLine = "\n" }, explanation = new() { NewLine = "\n" };
        var command = new TokenCommand(ServerConfiguration.Load(environment, [], TimeProvider.System), output, explanation);
        var code = args switch
        {
            ["new", var name] => command.Run(tokens => tokens.Make(name)),
            ["revoke", var name] => command.Run(tokens => tokens.Revoke(name)),
            _ => command.Run(tokens => tokens.List()),
        };
        return (code, output.ToString(), explanation.ToString());
    }
}
