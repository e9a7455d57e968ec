using GptImage2.Testing.Mcp;

namespace GptImage2.Mcp.Tests.Repository;

/// <summary>Every command in the README and in docs is run here, or by another test that is named, or it is said why it cannot be.</summary>
public sealed partial class DocumentedCommandTests
{
    /// <summary>Run by the file, in which the text stands.</summary>
    private static readonly (string Command, string File, string Text)[] RunElsewhere =
    [
        (@"dotnet run --project src/GptImage2\.Mcp -- try "".*""", "tests/GptImage2.Faults/Lifecycle/TerminalTests.cs", "\"try\", \"a red fox in snow at sunrise\""),
        (@"dotnet test( --project tests/[\w.]+ -- --filter-.*)?", ".ci/run", "dotnet test --no-build"),
        (@"GPTIMAGE2_ATTACKS_REPORT=\S+ dotnet test .*", ".ci/run", "dotnet test --no-build"),
        ("dotnet build", ".ci/run", "dotnet build"),
        (@"dotnet publish src/GptImage2\.Mcp( -r linux-x64)? -o \S+", ".ci/run", "dotnet publish src/GptImage2.Mcp -o"),
        (@"dotnet pack src/GptImage2\.Extensions\.AI -o packages", "packaging/build", "GptImage2.Extensions.AI"),
        (@"dotnet tool install -g GptImage2\.Mcp", "tests/packaging/run", "dotnet tool install GptImage2.Mcp"),
        (@"(\S+/)?gptimage2-mcp http( --urls \S+)?", "tests/GptImage2.Faults/Http/TerminationTests.cs", "[\"http\""),
        (@"(\S*=\S+ |sudo )*(\S+/)?gptimage2-mcp token new alice", "tests/GptImage2.Mcp.Tests/Http/Authentication/TokenCommandTests.cs", "alice"),
        (@"gptimage2-mcp model add isnet-general-use", "tests/GptImage2.Mcp.Tests/Tools/Matting/ModelCommandTests.cs", "add"),
        ("curl -sS -H .* --data-binary @fox.png .*", "tests/GptImage2.Mcp.Tests/Http/Transfers", ""),
        ("curl --fail .*/health/ready", "tests/GptImage2.Mcp.Tests/Http/Operations", ""),
    ];

    private static readonly (string Command, string Reason)[] NotRun =
    [
        (@"dotnet run -c Release --project tests/GptImage2\.Benchmarks -- .*", "measures for minutes; that each case exists is what ReadmeTests hold"),
        (@"dotnet add package GptImage2\.Extensions\.AI .*", "changes another program; that the documented programs compile is what DotnetDocumentTests hold"),
        ("(claude|codex|gemini) mcp add .*", "a program of somebody else, which a test cannot install; the entry that it makes is held by the tests of config"),
        (@"(sudo )?(install|chmod|chown|systemctl|systemd-run|cd|echo) .*", "changes the system that it runs on, as its administrator"),
        (@"(HOST=\S+ )?docker .*", "needs a container engine and images from a registry"),
    ];

    public static TheoryData<string> RunHere => [.. DocumentedCommand.All.Select(command => command.Text).Where(IsRunHere).Distinct()];

    [Fact]
    public void Each_is_run_or_it_is_said_why_not()
    {
        var unknown = DocumentedCommand.All.Where(command => !IsRunHere(command.Text) && !Setting.IsMatch(command.Text) && !Patterns.Any(pattern => Fits(pattern, command.Text)));

        unknown.Select(command => $"{command.Document}: {command.Text}").ShouldBeEmpty();
    }

    [Fact]
    public void What_is_said_of_commands_is_said_of_some_that_are_there() =>
        Patterns.Where(pattern => !DocumentedCommand.All.Any(command => Fits(pattern, command.Text))).ShouldBeEmpty();

    [Fact]
    public void Who_is_said_to_run_a_command_is_there_and_does() => RunElsewhere
        .Where(entry => Path.Combine(RepositoryRoot.Path, entry.File) is var path && !(entry.Text is "" ? Directory.Exists(path) : File.Exists(path) && RepositoryRoot.Read(entry.File).Contains(entry.Text, StringComparison.Ordinal)))
        .ShouldBeEmpty();

    [Fact]
    public void Every_variable_that_is_set_is_one_that_is_read() => DocumentedCommand.All
        .Select(command => Setting.Match(command.Text).Groups[1].Value)
        .Where(variable => variable is not "")
        .Except([.. KnownSettings.Variables, "SCENARIO_SDK_API_KEY", "SCENARIO_SDK_API_SECRET", "AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_DEPLOYMENT", "AZURE_OPENAI_API_KEY"])
        .ShouldBeEmpty();

    /// <summary>As somebody types it who has just read the document, with nothing set up: an answer, and never a stack trace.</summary>
    [Theory]
    [MemberData(nameof(RunHere))]
    public async Task It_runs(string command)
    {
        using var folders = new TestFolders();
        await using var process = ServerProcess.Start(folders, arguments: command.Split(' ')[1..]);
        await process.CloseInputAsync();

        var code = await process.ExitAsync();

        var printed = string.Join('\n', process.Lines.Select(line => line.Text));
        code.ShouldBeInRange(0, 1, printed + process.Stderr);
        (printed + process.Stderr).ShouldNotContain("   at ");
        (printed + process.Stderr).ShouldNotBeNullOrWhiteSpace();
    }

    private static IEnumerable<string> Patterns => [.. RunElsewhere.Select(entry => entry.Command), .. NotRun.Select(entry => entry.Command)];

    private static bool IsRunHere(string command) => Own.IsMatch(command);

    private static bool Fits(string pattern, string command) => Regex.IsMatch(command, $"^(?:{pattern})$");

    /// <summary>What needs neither a network nor a person.</summary>
    [GeneratedRegex(@"^gptimage2-mcp (config|doctor|model list|try|--version)\b")]
    private static partial Regex Own { get; }

    [GeneratedRegex(@"^(?:export )?([A-Z_0-9]+)=\S+$")]
    private static partial Regex Setting { get; }
}
