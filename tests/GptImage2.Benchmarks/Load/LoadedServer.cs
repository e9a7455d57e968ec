using GptImage2.Testing.Hosts;
using GptImage2.Testing.Mcp;
using ModelContextProtocol.Client;

namespace GptImage2.Benchmarks.Load;

/// <summary>The HTTP server as a process of its own, with a token for each principal.</summary>
internal sealed class LoadedServer : IAsyncDisposable
{
    private readonly TestFolders _folders = new();
    private readonly Dictionary<string, string> _tokens;
    private readonly ServerProcess _process;
    private readonly Lazy<Task<Uri>> _endpoint;

    public LoadedServer(LoadOptions options)
    {
        _tokens = options.Principals.ToDictionary(name => name, _ => $"gi2_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}");
        var file = Path.Combine(_folders.Root, "tokens");
        File.WriteAllLines(file, _tokens.Select(token => $"{token.Key}: {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token.Value)))}"));
        _process = ServerProcess.Start(
            _folders,
            [("GPTIMAGE2_HTTP__TOKENS", file), ("GPTIMAGE2_JOBS__WAITSECONDS", "3600")],
            ["http", "--urls", "http://127.0.0.1:0"],
            executable: options.Executable);
        _endpoint = new(_process.ReadEndpointAsync);
    }

    /// <summary>Resident memory in bytes. Linux only.</summary>
    public long Memory => ReadStatus("VmRSS:");

    public long PeakMemory => ReadStatus("VmHWM:");

    public string Errors => _process.Stderr;

    public async Task<McpClient> ConnectAsync(string principal, bool modern) =>
        await HttpClients.ConnectAsync(await _endpoint.Value, _tokens[principal], modern ? "2026-07-28" : "2025-11-25", name: $"load-{principal}");

    public async ValueTask DisposeAsync()
    {
        await _process.TerminateAsync();
        await _process.ExitAsync();
        await _process.DisposeAsync();
        _folders.Dispose();
    }

    private long ReadStatus(string field) => File.ReadLines($"/proc/{_process.Id}/status")
        .Where(line => line.StartsWith(field, StringComparison.Ordinal))
        .Select(line => long.Parse(line[field.Length..^"kB".Length], CultureInfo.InvariantCulture) * 1024)
        .Single();
}
