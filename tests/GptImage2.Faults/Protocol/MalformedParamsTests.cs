using GptImage2.Testing.Mcp;

namespace GptImage2.Faults.Protocol;

/// <summary>Parameters that real clients send and that no library binds.</summary>
public sealed class MalformedParamsTests : IDisposable
{
    private readonly TestFolders _folders = new();

    [Theory]
    [InlineData("""{"name":"generate_image","arguments":{"prompt":"half \ud83e an emoji","dry_run":true}}""", "PLAN, nothing was sent")]
    [InlineData("""{"name":"generate_image","arguments":{"prompt":"\udd8a \ud83e\udd8a \\ud83e","dry_run":true}}""", "PLAN, nothing was sent")]
    [InlineData("""{"name":"generate_image","arguments":"{\"prompt\":\"a fox\",\"dry_run\":true}"}""", "PLAN, nothing was sent")]
    [InlineData("""{"name":"generate_image","arguments":[1]}""", "arguments: expected one of")]
    [InlineData("""{"name":"generate_image","arguments":"a fox"}""", "arguments: expected one of")]
    [InlineData("""{"name":"generate_image"}""", "prompt: expected")]
    [InlineData("""{"arguments":{}}""", "tools/call: expected params with a text name")]
    public Task Are_understood_or_explained(string parameters, string answer) => AnsweredAsync("tools/call", parameters, answer);

    [Theory]
    [InlineData("""{"ref":{"type":"ref/resource","uri":"image://{id}"},"argument":{"name":"id","value":"\ud83e"}}""", "\"values\":[]")]
    [InlineData("""{"ref":{"type":"ref/resource","uri":"image://{id}"},"argument":{"name":"id","value":3}}""", "expected params with a ref")]
    [InlineData("""{"ref":{"type":"ref/resource","uri":"image://{id}"},"argument":{"name":"id"}}""", "expected params with a ref")]
    [InlineData("""{"ref":{"type":"ref/odd","name":"x"},"argument":{"name":"id","value":""}}""", "expected params with a ref")]
    [InlineData("""{"ref":{"type":"ref/resource"},"argument":{"name":"id","value":""}}""", "expected params with a ref")]
    [InlineData("""{"ref":3,"argument":[]}""", "expected params with a ref")]
    [InlineData("null", "expected params with a ref")]
    public Task Are_understood_or_explained_where_something_is_completed(string parameters, string answer) => AnsweredAsync("completion/complete", parameters, answer);

    public void Dispose() => _folders.Dispose();

    private async Task AnsweredAsync(string method, string parameters, string answer)
    {
        await using var server = ServerProcess.Start(_folders);
        await server.InitializeAsync();

        await server.WriteAsync($$"""{"jsonrpc":"2.0","id":"odd","method":"{{method}}","params":{{parameters}}}""");

        var line = await server.FirstAsync(line => line.Text.Contains("\"odd\"", StringComparison.Ordinal));
        line.Text.ShouldContain(answer);
        line.Text.ShouldNotContain("An error occurred");
    }
}
