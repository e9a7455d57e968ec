using GptImage2.Mcp.Terminal.Clients;
using GptImage2.Mcp.Terminal.Clients.Files;

namespace GptImage2.Mcp.Tests.Terminal.Config;

/// <summary>Only our entry differs, twice is once, and what cannot be read is left alone.</summary>
public sealed class ClientFileTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    public static TheoryData<string> Clients => [.. KnownClients.All.Select(client => client.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(ClientExamples.All), MemberType = typeof(ClientExamples))]
    public async Task Only_our_entry_differs(string client, string before, string after)
    {
        var file = _folder.Put(client, before);

        var (code, output, explanation) = await _folder.WriteAsync(client);

        code.ShouldBe(0, explanation);
        File.ReadAllText(file).ShouldBe(after);
        File.ReadAllText($"{file}.backup").ShouldBe(before);
        output.ShouldNotContain("sk-real");
        ConfigFolder.ListBeside(file).ShouldBe([Path.GetFileName(file), $"{Path.GetFileName(file)}.backup"]);
    }

    /// <summary>What starts the program is replaced, the user's own arguments stay, in either language, and twice is once.</summary>
    [Theory]
    [MemberData(nameof(ClientExamples.Arguments), MemberType = typeof(ClientExamples))]
    public async Task Arguments_of_the_users_own_stay(string command, string arguments, string byPackage, string byPath)
    {
        var path = new LaunchCommand("/new/gptimage2-mcp", []);
        _folder.Put("cursor", $$"""{ "mcpServers": { "gpt-image-2": { "command": {{JsonValue.Create(command).ToJsonString()}}, "args": {{arguments}} } } }""");
        _folder.Put("codex", $"[mcp_servers.gpt-image-2]\ncommand = {JsonValue.Create(command).ToJsonString()}\nargs = {arguments}\n");

        foreach (var client in (string[])["cursor", "codex"])
        {
            (await _folder.WriteAsync(client)).Code.ShouldBe(0);
            ReadArguments(client).ShouldBe(JsonNode.Parse(byPackage)!.ToJsonString());
            (await _folder.WriteAsync(client)).Explanation.ShouldContain("already");
            (await _folder.WriteAsync(client, path)).Code.ShouldBe(0);
            ReadArguments(client).ShouldBe(JsonNode.Parse(byPath)!.ToJsonString());
            (await _folder.WriteAsync(client, path)).Explanation.ShouldContain("already");
        }

        string ReadArguments(string client)
        {
            var known = KnownClients.All.Single(candidate => candidate.Name == client);
            return ConfigFormats.Read(known.Language, File.ReadAllBytes(_folder.FileOf(client)))[known.ServersKey]!["gpt-image-2"]!["args"]!.ToJsonString();
        }
    }

    [Theory]
    [MemberData(nameof(ClientExamples.All), MemberType = typeof(ClientExamples))]
    public async Task Twice_is_once(string client, string before, string after)
    {
        var file = _folder.Put(client, after);

        var (code, output, explanation) = await _folder.WriteAsync(client);

        (code, output).ShouldBe((0, ""));
        explanation.ShouldBe($"{file} starts this server already; nothing was changed.\n");
        File.ReadAllText(file).ShouldBe(after);
        ConfigFolder.ListBeside(file).ShouldBe([Path.GetFileName(file)]);
        before.ShouldNotBe(after);
    }

    [Theory]
    [MemberData(nameof(ClientExamples.Refused), MemberType = typeof(ClientExamples))]
    public async Task A_file_that_cannot_be_added_to_is_left_alone(string client, string before, string told)
    {
        var file = _folder.Put(client, before);

        var (code, output, explanation) = await _folder.WriteAsync(client);

        (code, output).ShouldBe((1, ""));
        explanation.ShouldStartWith($"{file} {told}");
        explanation.ShouldEndWith("Nothing was changed.\n");
        explanation.ShouldNotContain("sk-secret");
        File.ReadAllText(file).ShouldBe(before);
        ConfigFolder.ListBeside(file).ShouldBe([Path.GetFileName(file)]);
    }

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task A_missing_file_is_made_with_its_folders_and_so_is_an_empty_one(string client)
    {
        (await _folder.WriteAsync(client)).Code.ShouldBe(0);
        var made = File.ReadAllBytes(_folder.FileOf(client));
        var snippet = (await _folder.RunAsync(client)).Output;
        _folder.Put(client, "");

        (await _folder.WriteAsync(client)).Code.ShouldBe(0);

        Encoding.UTF8.GetString(made).ShouldBe(snippet);
        File.ReadAllBytes(_folder.FileOf(client)).ShouldBe(made);
        ConfigFolder.ListBeside(_folder.FileOf(client)).ShouldBe([Path.GetFileName(_folder.FileOf(client))]);
    }

    [Theory]
    [InlineData("{}", "{\n  \"mcpServers\": {\n")]
    [InlineData("{\r\n}\r\n", "{\r\n  \"mcpServers\": {\r\n")]
    [InlineData("// none yet\n", "// none yet\n{\n  \"mcpServers\": {\n")]
    [InlineData("{ // none yet\n}", "{ // none yet\n  \"mcpServers\": {\n")]
    public async Task A_file_with_nothing_in_it_gets_the_servers(string before, string begins)
    {
        var file = _folder.Put("cursor", before);

        (await _folder.WriteAsync("cursor")).Code.ShouldBe(0);

        File.ReadAllText(file).ShouldStartWith(begins);
        (await _folder.WriteAsync("cursor")).Explanation.ShouldContain("already");
    }

    [Theory]
    [InlineData("cursor", "{ \"mcpServers\": {} }")]
    [InlineData("codex", "model = \"x\"\n")]
    public async Task A_byte_order_mark_stays(string client, string text)
    {
        var file = _folder.Put(client, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]);

        (await _folder.WriteAsync(client)).Code.ShouldBe(0);

        var written = File.ReadAllBytes(file);
        written.AsSpan().StartsWith(Encoding.UTF8.Preamble).ShouldBeTrue();
        written.AsSpan(3).IndexOf(Encoding.UTF8.Preamble).ShouldBe(-1);
        (await _folder.WriteAsync(client)).Explanation.ShouldContain("already");
    }

    [Fact]
    public async Task What_is_no_UTF8_is_left_alone()
    {
        byte[] before = [.. "{\n \"a\": \""u8, 0xE9, .. "\" }"u8];
        var file = _folder.Put("cursor", before);

        (await _folder.WriteAsync("cursor")).Explanation.ShouldBe($"{file} is not UTF-8: line 2, column 8. Nothing was changed.\n");

        File.ReadAllBytes(file).ShouldBe(before);
    }

    [Fact]
    public async Task The_mode_stays_and_links_are_followed()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Modes, and links without a privilege, are not Windows'.");
            return;
        }

        var real = Path.Combine(_folder.Root, "dotfiles.json");
        File.WriteAllText(real, "{}");
        File.SetUnixFileMode(real, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.FileOf("cursor"))!);
        File.CreateSymbolicLink(_folder.FileOf("cursor"), real);

        (await _folder.WriteAsync("cursor")).Code.ShouldBe(0);
        (await _folder.WriteAsync("windsurf")).Code.ShouldBe(0);

        new FileInfo(_folder.FileOf("cursor")).LinkTarget.ShouldBe(real);
        File.ReadAllText(real).ShouldContain("gpt-image-2");
        File.GetUnixFileMode(real).ShouldBe(File.GetUnixFileMode($"{real}.backup"));
        File.GetUnixFileMode(real).HasFlag(UnixFileMode.OtherWrite).ShouldBeTrue();
        File.GetUnixFileMode(_folder.FileOf("windsurf")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Each_change_keeps_its_own_backup()
    {
        var file = _folder.Put("cursor", "{}");

        await _folder.WriteAsync("cursor");
        var first = File.ReadAllText(file);
        await _folder.WriteAsync("cursor", new LaunchCommand("/new/gptimage2-mcp", []));

        (File.ReadAllText($"{file}.backup"), File.ReadAllText($"{file}.backup-2")).ShouldBe(("{}", first));
        JsonNode.Parse(File.ReadAllText(file))!["mcpServers"]!["gpt-image-2"]!["args"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_changed_meanwhile_is_left_alone()
    {
        var file = _folder.Put("cursor", "{}");
        var entry = new ServerEntry(KnownClients.All.Single(client => client.Name == "cursor"), "gpt-image-2", ConfigFolder.Launch);
        var clientFile = new ClientFile(file);
        var change = FileChange.Plan(clientFile.Read(), entry);
        File.WriteAllText(file, "{ \"theirs\": 1 }");

        Should.Throw<ConfigFileException>(() => clientFile.Replace(change, entry)).Message.ShouldStartWith("was changed by somebody else");

        File.ReadAllText(file).ShouldBe("{ \"theirs\": 1 }");
        ConfigFolder.ListBeside(file).ShouldBe(["mcp.json"]);
    }

    [Fact]
    public async Task A_folder_and_a_read_only_file_are_left_alone()
    {
        var file = _folder.Put("cursor", "{}");
        File.SetAttributes(file, FileAttributes.ReadOnly);

        var (code, output, explanation) = await _folder.RunAsync("cursor", write: true, answers: "y\n");
        var folder = await _folder.RunAsync("cursor", write: true, file: _folder.Root, yes: true);

        (code, output, explanation).ShouldBe((1, "", $"{file} is marked read-only. Nothing was changed.\n"), "before anybody is asked");
        (folder.Code, folder.Explanation).ShouldBe((1, $"{_folder.Root} is a folder. Nothing was changed.\n"));
        File.SetAttributes(file, FileAttributes.Normal);
        File.ReadAllText(file).ShouldBe("{}");
    }
}
