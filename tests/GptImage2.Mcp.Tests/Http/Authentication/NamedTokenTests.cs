using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Http.Authentication;
using GptImage2.Testing.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GptImage2.Mcp.Tests.Http.Authentication;

public sealed class NamedTokenTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gptimage2-tokens-");

    private TokenFile Tokens => new(Path.Combine(_folder.FullName, "tokens"));

    [Fact]
    public async Task Each_name_has_images_of_its_own()
    {
        var (alice, bob) = (Add("alice"), Add("bob"));
        await using var server = await StartAsync();
        await using var first = await server.ConnectAsync(alice, cancellationToken: TestContext.Current.CancellationToken);
        await using var second = await server.ConnectAsync(bob, protocol: "2025-06-18", cancellationToken: TestContext.Current.CancellationToken);

        await first.CallToolAsync("generate_image", new Dictionary<string, object?> { ["prompt"] = "a red fox" }, cancellationToken: TestContext.Current.CancellationToken);

        (await first.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldContain(resource => resource.Uri.StartsWith("image://img_"));
        (await second.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldNotContain(resource => resource.Uri.StartsWith("image://img_"));
    }

    [Fact]
    public async Task Only_a_token_of_the_file_opens_the_server()
    {
        var token = Add("alice");
        await using var server = await StartAsync();

        (await RawMcp.TryAsync(server, token)).ShouldBe(200);
        string?[] wrong = [null, token[..^1], token + "A", token.ToUpperInvariant(), NamedToken.Generate(), "gi2_", "alice", Convert.ToHexStringLower(NamedToken.ComputeHash(token)), new string('a', 8_000)];
        foreach (var other in wrong)
        {
            (await RawMcp.TryAsync(server, other)).ShouldBe(401, other);
        }

        var (_, text, challenge) = await RawMcp.SendAsync(server, RawMcp.Create(server, "tools/list"));
        challenge.ShouldBe("Bearer");
        text.ShouldBe("Send the header \"Authorization: Bearer TOKEN\". The operator of this server makes tokens with: gptimage2-mcp token new NAME.");
        using var missing = await server.Http.GetAsync(new Uri("/.well-known/oauth-protected-resource/mcp", UriKind.Relative), TestContext.Current.CancellationToken);
        ((int)missing.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task A_revoked_token_ends_with_the_next_request_and_its_session_with_it()
    {
        var (alice, bob) = (Add("alice"), Add("bob"));
        await using var server = await StartAsync();
        var session = await RawMcp.BeginSessionAsync(server, alice);
        const string list = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";
        (await RawMcp.SendAsync(server, RawMcp.CreateLegacy(server, list, alice, session))).Status.ShouldBe(200);

        Tokens.Remove("alice");

        (await RawMcp.SendAsync(server, RawMcp.CreateLegacy(server, list, alice, session))).Status.ShouldBe(401);
        (await RawMcp.TryAsync(server, bob)).ShouldBe(200);
        var carol = Add("carol");
        (await RawMcp.TryAsync(server, carol)).ShouldBe(200);
    }

    [Fact]
    public async Task A_link_that_leads_elsewhere_is_a_change()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        var (old, next) = (NamedToken.Generate(), NamedToken.Generate());
        string Write(string folder, string token)
        {
            var file = Path.Combine(_folder.CreateSubdirectory(folder).FullName, "tokens");
            File.WriteAllText(file, new NamedToken("alice", NamedToken.ComputeHash(token)).ToLine());
            File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
            return Path.GetDirectoryName(file)!;
        }

        var (first, second, current) = (Write("1", old), Write("2", next), Path.Combine(_folder.FullName, "current"));
        Directory.CreateSymbolicLink(current, first);
        File.CreateSymbolicLink(Tokens.Path, Path.Combine(current, "tokens"));
        await using var server = await StartAsync();
        (await RawMcp.TryAsync(server, old)).ShouldBe(200);

        Directory.Delete(current);
        Directory.CreateSymbolicLink(current, second);

        (await RawMcp.TryAsync(server, old)).ShouldBe(401);
        (await RawMcp.TryAsync(server, next)).ShouldBe(200);
    }

    [Fact]
    public async Task Another_ones_session_is_answered_like_one_that_never_was()
    {
        var (alice, bob) = (Add("alice"), Add("bob"));
        await using var server = await StartAsync();
        var session = await RawMcp.BeginSessionAsync(server, alice);
        const string list = """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""";

        var foreign = await RawMcp.SendAsync(server, RawMcp.CreateLegacy(server, list, bob, session));
        var unknown = await RawMcp.SendAsync(server, RawMcp.CreateLegacy(server, list, bob, "never-was"));

        foreign.ShouldBe(unknown);
        foreign.Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_file_that_breaks_keeps_the_tokens_of_before_and_says_so_once()
    {
        var token = Add("alice");
        using var log = new LogCapture();
        await using var server = await StartAsync(log);

        await File.AppendAllTextAsync(Tokens.Path, "bob gi2_secret\n", TestContext.Current.CancellationToken);
        (await RawMcp.TryAsync(server, token)).ShouldBe(200);
        (await RawMcp.TryAsync(server, token)).ShouldBe(200);
        File.Delete(Tokens.Path);
        (await RawMcp.TryAsync(server, token)).ShouldBe(200);

        var said = log.Lines.Where(line => line.Level is LogLevel.Error).ToArray();
        said.Length.ShouldBe(2);
        said.ShouldAllBe(line => line.Text.Contains("the tokens of before stay valid"));
        said[0].Text.ShouldContain("line 3: expected \"name: sha256\"");
        said[0].Text.ShouldNotContain("gi2_secret");
    }

    [Theory]
    [InlineData("alice", "line 1: expected \"name: sha256\"")]
    [InlineData("al ice: 00", "line 1: expected \"name: sha256\"")]
    [InlineData("alice: 00", "expected the SHA-256 of alice's token, 64 hexadecimal digits, but received 2 characters.")]
    [InlineData("alice: gi2_AAAA", "which look like the token itself")]
    [InlineData("a: {0}\n\n# b\na: {0}", "line 4: expected each name once but received a again.")]
    public async Task Wrong_lines_stop_the_start(string text, string problem)
    {
        await File.WriteAllTextAsync(Tokens.Path, text.Replace("{0}", new string('0', 64)), TestContext.Current.CancellationToken);

        var refusal = await Should.ThrowAsync<InvalidSettingsException>(() => StartAsync());

        refusal.Message.ShouldContain($"GPTIMAGE2_HTTP__TOKENS");
        refusal.Message.ShouldContain(problem);
        refusal.Message.ShouldNotContain("gi2_AAAA");
    }

    [Fact]
    public async Task A_file_that_is_not_there_stops_the_start() =>
        (await Should.ThrowAsync<InvalidSettingsException>(() => StartAsync())).Message.ShouldContain("token new NAME makes");

    [Fact]
    public async Task A_file_that_others_may_write_is_named_at_the_start()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        Add("alice");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Tokens.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);
        }

        using var log = new LogCapture();
        await using var server = await StartAsync(log);

        log.Lines.ShouldContain(line => line.Level == LogLevel.Warning && line.Text.Contains("chmod 600"));
    }

    [Fact]
    public async Task With_both_ways_the_token_itself_says_which()
    {
        var named = Add("alice");
        await using var authorization = await AuthorizationServer.StartAsync();
        await using var server = await AccessTokenServer.StartAsync(authorization, [("GPTIMAGE2_HTTP__TOKENS", Tokens.Path)]);

        (await RawMcp.TryAsync(server, named)).ShouldBe(200);
        (await RawMcp.TryAsync(server, authorization.Issue())).ShouldBe(200);
        (await RawMcp.TryAsync(server, named[..^1])).ShouldBe(401);
        (await RawMcp.TryAsync(server, authorization.Issue(audience: "other"))).ShouldBe(401);
        (await RawMcp.TryAsync(server, null)).ShouldBe(401);
    }

    [Theory]
    [InlineData("http://login.example.com", "https://images.example.com", "GPTIMAGE2_HTTP__AUTHORITY: expected an https address")]
    [InlineData("https://login.example.com", "", "GPTIMAGE2_HTTP__AUDIENCE: expected what access tokens are issued for")]
    public void OAuth_that_cannot_be_safe_stops_the_start(string authority, string publicUrl, string problem) =>
        Should.Throw<InvalidSettingsException>(() => ServerConfiguration.Load(
            new Dictionary<string, string> { ["GPTIMAGE2_HTTP__AUTHORITY"] = authority, ["GPTIMAGE2_HTTP__PUBLICURL"] = publicUrl }, [], TimeProvider.System)).Message.ShouldContain(problem);

    public void Dispose() => _folder.Delete(recursive: true);

    private string Add(string name)
    {
        var token = NamedToken.Generate();
        Tokens.Add(new NamedToken(name, NamedToken.ComputeHash(token)));
        return token;
    }

    private Task<HttpServer> StartAsync(LogCapture? log = null) => HttpServer.StartAsync(
        [("GPTIMAGE2_HTTP__TOKENS", Tokens.Path)],
        services: services => services.AddLogging(logging => _ = log is null ? logging : logging.AddProvider(log)),
        cancellationToken: TestContext.Current.CancellationToken);
}
