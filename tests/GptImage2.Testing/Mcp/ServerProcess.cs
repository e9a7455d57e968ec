using System.Diagnostics;
using GptImage2.Testing.Time;

namespace GptImage2.Testing.Mcp;

/// <summary>The built executable as a process of its own, spoken to in raw lines. What it prints is kept and judged.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ProtocolLog _log = new();
    private readonly StringBuilder _stderr = new();
    private readonly Process _process;
    private readonly Task _reading;
    private int _lastId;

    private ServerProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (_stderr)
            {
                _stderr.AppendLine(line.Data);
            }
        };
        _process.Start();
        _process.BeginErrorReadLine();
        _reading = _log.ReadAsync(_process.StandardOutput.BaseStream, _clock);
    }

    /// <summary>The revision that requests speak: from 2026-07-28 on, each says so itself.</summary>
    public string Protocol { get; init; } = ProtocolRevisions.Legacy;

    public int Id => _process.Id;

    /// <summary>Time since the start, as in <see cref="ProtocolLine.At"/>.</summary>
    public TimeSpan Now => _clock.Elapsed;

    public IReadOnlyList<ProtocolLine> Lines => _log.Lines;

    public string Stderr
    {
        get
        {
            lock (_stderr)
            {
                return _stderr.ToString();
            }
        }
    }

    /// <summary>Most memory that was ever resident, in bytes. Linux only.</summary>
    public long PeakMemory => File.ReadLines($"/proc/{Id}/status")
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => long.Parse(line["VmHWM:".Length..^"kB".Length], CultureInfo.InvariantCulture) * 1024)
        .Single();

    /// <summary>Processor time that it took so far: what work costs, however busy the machine is.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <param name="environment">Settings; what is not given here is not there, except a private home and store.</param>
    /// <param name="workingFolder">Null for the private working folder.</param>
    /// <param name="executable">Null for <see cref="TestedExecutable"/>.</param>
    public static ServerProcess Start(
        TestFolders folders,
        IEnumerable<(string Variable, string Value)>? environment = null,
        IEnumerable<string>? arguments = null,
        string? workingFolder = null,
        string protocol = ProtocolRevisions.Legacy,
        string? executable = null) =>
        new(ServerStartInfo.Create(executable, folders, environment ?? [], arguments ?? [], workingFolder)) { Protocol = protocol };

    /// <summary>Waits until a process that was started with <c>http</c> says where it serves.</summary>
    /// <returns>The address of its endpoint.</returns>
    public async Task<Uri> ReadEndpointAsync()
    {
        using var timeUp = new CancellationTokenSource(TestTimeouts.Safety);
        while (true)
        {
            if (Regex.Match(Stderr, @"serves MCP at (\S+)\r?\n") is { Success: true } said)
            {
                return new Uri(said.Groups[1].Value);
            }

            await Task.Delay(PollInterval, TimeProvider.System, timeUp.Token);
        }
    }

    /// <summary>Sends a request and waits for its response.</summary>
    public async Task<ProtocolLine> RequestAsync(string method, JsonObject? parameters = null)
    {
        var id = await SendAsync(method, parameters);
        return await ReadResponseAsync(id);
    }

    /// <summary>Sends a request and does not wait.</summary>
    /// <returns>Its id.</returns>
    public async Task<int> SendAsync(string method, JsonObject? parameters = null)
    {
        var id = ++_lastId;
        await WriteAsync(ProtocolRevisions.Request(Protocol, id, method, parameters).ToJsonString());
        return id;
    }

    public Task NotifyAsync(string method, JsonObject? parameters = null) =>
        WriteAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters ?? [] }.ToJsonString());

    public Task WriteAsync(string line) => WriteBytesAsync(Encoding.UTF8.GetBytes(line + "\n"));

    public async Task WriteBytesAsync(byte[] bytes)
    {
        await _process.StandardInput.BaseStream.WriteAsync(bytes);
        await _process.StandardInput.BaseStream.FlushAsync();
    }

    public Task<ProtocolLine> ReadResponseAsync(int id) => FirstAsync(line => line.ResponseId == id.ToString(CultureInfo.InvariantCulture));

    public async Task<ProtocolLine> FirstAsync(Func<ProtocolLine, bool> fits)
    {
        using var timeUp = new CancellationTokenSource(TestTimeouts.Safety);
        return await _log.FirstAsync(fits, timeUp.Token);
    }

    public async Task CloseInputAsync() => await _process.StandardInput.BaseStream.DisposeAsync();

    /// <summary>As a client that is gone without a word: nobody reads what the server writes.</summary>
    public void CloseOutput() => _process.StandardOutput.Close();

    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>Asks the process to end, as a client or a shell does. Not on Windows.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <param name="signal">As kill names it. Not on Windows.</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for the end of the process and of its output.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperationCanceledException">It is still running.</exception>
    public async Task<int> ExitAsync(TimeSpan? limit = null)
    {
        using var timeUp = new CancellationTokenSource(limit ?? TestTimeouts.Safety);
        await _process.WaitForExitAsync(timeUp.Token);
        await _reading.WaitAsync(TestTimeouts.Safety);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    /// <summary>Every line so far that is not JSON-RPC 2.0, with why. Empty unless something leaked onto stdout.</summary>
    public IEnumerable<string> FindInvalidLines() => Lines.Where(line => line.Problem is not null).Select(line => $"{line.Problem}: {line.Text}");
}
