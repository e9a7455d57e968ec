using GptImage2.Backends.Http;
using GptImage2.Matting.Onnx.Presets;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Terminal.Models;
using GptImage2.Testing.Onnx;

namespace GptImage2.Mcp.Tests.Tools.Matting;

public sealed class ModelCommandTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("gptimage2-models-");
    private readonly byte[] _file = [.. TinyGraph.Mixing(1, 0, 0).Build(), .. new byte[300_000]];
    private readonly ModelServer _server;

    public ModelCommandTests() => _server = new ModelServer(_file);

    private string Place => Path.Combine(_root.FullName, "models", "tiny.onnx");

    private string Hash => Convert.ToHexStringLower(SHA256.HashData(_file));

    public void Dispose()
    {
        _server.Dispose();
        _root.Delete(recursive: true);
    }

    [Fact]
    public async Task A_model_is_fetched_after_its_source_size_licence_and_hash_were_shown()
    {
        var (code, output, explanation) = await AddAsync("tiny", Hash, answers: "y\n");

        code.ShouldBe(0);
        File.ReadAllBytes(Place).ShouldBe(_file);
        output.ShouldBe($"export GPTIMAGE2_MATTING__MODEL='{Place}'\n");
        var question = explanation.Split("[y/N]")[0];
        foreach (var shown in (string[])[_server.Address.ToString(), $"{_file.Length:N0} bytes", "Apache-2.0", Hash])
        {
            question.ShouldContain(shown);
        }

        File.ReadAllText($"{Place}.sha256").ShouldBe($"{Hash}  tiny.onnx\n");
        Directory.GetFiles(Path.GetDirectoryName(Place)!).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("n\n")]
    [InlineData("\n")]
    [InlineData(null)]
    public async Task Without_a_yes_nothing_is_fetched(string? answers)
    {
        var (code, output, explanation) = await AddAsync("tiny", Hash, answers: answers);

        (code, output).ShouldBe((1, ""));
        explanation.ShouldEndWith("Nothing was fetched. With --yes nobody is asked.\n");
        _server.Ranges.ShouldBeEmpty();
        Directory.Exists(Path.GetDirectoryName(Place)).ShouldBeFalse();
    }

    [Fact]
    public async Task Another_file_than_the_pinned_one_is_deleted()
    {
        var (code, output, explanation) = await AddAsync("tiny", new string('0', 64), yes: true);

        (code, output).ShouldBe((1, ""));
        explanation.ShouldContain($"its SHA-256 is {Hash}, expected was {new string('0', 64)}");
        Directory.GetFiles(Path.GetDirectoryName(Place)!).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_broken_download_is_gone_on_with_or_begun_anew(bool ignoresRanges)
    {
        (_server.BreakAfter, _server.IgnoresRanges) = (200_000, ignoresRanges);
        var (code, output, explanation) = await AddAsync("tiny", Hash, yes: true);
        (code, output).ShouldBe((1, ""));
        explanation.ShouldContain("tiny was not fetched: ");
        File.Exists(Place).ShouldBeFalse();
        var got = new FileInfo($"{Place}.part").Length;

        _server.BreakAfter = null;
        (code, _, _) = await AddAsync("tiny", Hash, yes: true);

        code.ShouldBe(0);
        File.ReadAllBytes(Place).ShouldBe(_file);
        _server.Ranges.ShouldBe([null, got > 0 ? $"bytes={got}-" : null]);
    }

    [Fact]
    public async Task What_an_earlier_attempt_left_is_judged_by_the_hash_of_the_whole()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Place)!);
        File.WriteAllBytes($"{Place}.part", new byte[100_000]);

        (await AddAsync("tiny", Hash, yes: true)).Code.ShouldBe(1);
        File.Exists($"{Place}.part").ShouldBeFalse();
        (await AddAsync("tiny", Hash, yes: true)).Code.ShouldBe(0);
        File.ReadAllBytes(Place).ShouldBe(_file);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task Without_a_known_hash_the_user_judges_the_one_that_arrives(bool right, int expected)
    {
        var (code, _, explanation) = await AddAsync("tiny", null, answers: right ? "y\nyes\n" : "y\nno\n");

        code.ShouldBe(expected);
        explanation.ShouldContain($"What arrived has the SHA-256 {Hash}. Nobody has vouched for it");
        File.Exists(Place).ShouldBe(right);
        File.Exists($"{Place}.part").ShouldBeFalse();
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_file_of_another_length_is_refused(int difference)
    {
        var (code, _, explanation) = await AddAsync("tiny", Hash, yes: true, bytes: _file.Length + difference);

        code.ShouldBe(1);
        explanation.ShouldContain($"would send {_file.Length:N0} bytes where {_file.Length + difference:N0} are expected");
        File.Exists(Place).ShouldBeFalse();
    }

    [Theory]
    [InlineData(404, "/assets/model.onnx", "127.0.0.1 answered 404 in place of the file.")]
    [InlineData(null, "/release/model.onnx", "127.0.0.1 redirects more than 5 times.")]
    [InlineData(null, "ftp://127.0.0.1/x", "127.0.0.1 redirects to an address without https.")]
    public async Task What_is_not_there_is_said(int? status, string target, string told)
    {
        (_server.Status, _server.Target) = (status, target);

        var (code, _, explanation) = await AddAsync("tiny", Hash, yes: true);

        code.ShouldBe(1);
        explanation.ShouldContain(told);
    }

    [Fact]
    public async Task What_is_here_is_not_fetched_again()
    {
        await AddAsync("tiny", Hash, yes: true);

        var (code, output, explanation) = await AddAsync("tiny", Hash);

        code.ShouldBe(0);
        output.ShouldBe($"export GPTIMAGE2_MATTING__MODEL='{Place}'\n");
        explanation.ShouldContain("is here already");
        _server.Ranges.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_name_is_refused_with_the_nearest() =>
        (await AddAsync("tinny", Hash)).Explanation.ShouldBe("name: expected one of tiny but received \"tinny\". Nearest: tiny.\n");

    [Fact]
    public async Task The_list_says_what_is_here()
    {
        await AddAsync("tiny", Hash, yes: true);
        var output = new StringWriter { NewLine = "\n" };

        CreateCommand(Hash, null, _file.Length, output, TextWriter.Null).List().ShouldBe(0);

        output.ToString().ShouldMatch(@"^tiny\s+0\.3 MB  Apache-2\.0 here  for tests\n$");
    }

    [Fact]
    public void Every_known_model_is_fetched_by_https_has_a_licence_and_its_hash_says_who_gives_it()
    {
        KnownModels.All.Select(model => model.Name).ShouldBeUnique();
        foreach (var model in KnownModels.All)
        {
            model.Address.Scheme.ShouldBe("https");
            model.Licence.ShouldBeOneOf("MIT", "Apache-2.0");
            ModelPreset.ForFile(model.FileName).ShouldNotBeNull(model.Name);
            (model.Sha256 is null).ShouldBe(model.Source is null, model.Name);
            model.Sha256?.ShouldMatch("^[0-9a-f]{64}$");
        }
    }

    private async Task<(int Code, string Output, string Explanation)> AddAsync(string name, string? hash, string? answers = null, bool yes = false, long? bytes = null)
    {
        StringWriter output = new() { NewLine = "\n" }, explanations = new() { NewLine = "\n" };
        var command = CreateCommand(hash, answers is null ? null : new StringReader(answers), bytes ?? _file.Length, output, explanations);
        var code = await command.AddAsync(name, yes, TestContext.Current.CancellationToken);
        return (code, output.ToString(), explanations.ToString());
    }

    private ModelCommand CreateCommand(string? hash, TextReader? answers, long bytes, TextWriter output, TextWriter explanations)
    {
        var settings = ServerConfiguration.Load(new Dictionary<string, string> { ["GPTIMAGE2_STORAGE__ROOT"] = _root.FullName }, [], TimeProvider.System);
        KnownModel[] known = [new("tiny", _server.Address, bytes, "Apache-2.0", "for tests") { Sha256 = hash, Source = hash is null ? null : "the tests" }];
        return new ModelCommand(settings, known, ServiceHandler.Create(), answers, output, explanations);
    }
}
