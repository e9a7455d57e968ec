using System.ComponentModel;
using System.Diagnostics;
using GptImage2.Backends.Http;
using GptImage2.Mcp.Terminal.Clients;

namespace GptImage2.Mcp.Terminal.Doctor;

/// <summary>Starts what a client would start, greets it, and ends it again. Starting a server has no effects.</summary>
internal sealed class EntryStart(TimeProvider clock)
{
    /// <summary>The first start of a package fetches it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>What clients hand on of their own environment (getDefaultEnvironment of the MCP SDK for TypeScript 1.32), so that nothing of this shell's makes a wrong entry look right.</summary>
    private static readonly string[] HandedOn =
    [
        "HOME", "LOGNAME", "PATH", "SHELL", "TERM", "USER",
        "APPDATA", "HOMEDRIVE", "HOMEPATH", "LOCALAPPDATA", "PATHEXT", "PROCESSOR_ARCHITECTURE", "PROGRAMFILES", "SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "USERNAME", "USERPROFILE",
    ];

    private const string Greeting = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"doctor","version":"1"}}}""";

    /// <returns>Why it does not work; null where it does.</returns>
    public async Task<string?> TryAsync(ConfiguredEntry entry, CancellationToken cancellationToken)
    {
        using var timeUp = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        try
        {
            using var process = Process.Start(CreateStartInfo(entry))!;
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            try
            {
                return await GreetAsync(process, either.Token) ? null : await DescribeEndAsync(process, errors, either.Token);
            }
            finally
            {
                End(process);
            }
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
        {
            return $"{entry.Command} cannot be started ({failure.Message})";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it does not answer within {Limit.TotalSeconds:0} s";
        }
    }

    private static ProcessStartInfo CreateStartInfo(ConfiguredEntry entry)
    {
        // Windows starts scripts, as dnx is one, by their shell only, and so do clients.
        var isScript = OperatingSystem.IsWindows() && !entry.Command.EndsWith(".exe", StringComparison.OrdinalIgnoreCase);
        var start = new ProcessStartInfo(isScript ? "cmd.exe" : entry.Command, isScript ? ["/c", entry.Command, .. entry.Arguments] : entry.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            UseShellExecute = false,
        };
        foreach (var variable in start.Environment.Keys.Where(name => !HandedOn.Contains(name, StringComparer.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(variable);
        }

        foreach (var (variable, value) in entry.Environment.Where(variable => !ConfiguredEntry.IsFilledIn(variable.Value)))
        {
            start.Environment[variable] = value;
        }

        return start;
    }

    /// <returns>Whether it answered; false where it ended without.</returns>
    private static async Task<bool> GreetAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteLineAsync(Greeting.AsMemory(), cancellationToken);
            await process.StandardInput.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            return false;
        }

        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (IsAnswer(line))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAnswer(string line)
    {
        try
        {
            return JsonNode.Parse(line) is JsonObject message && message["result"] is JsonObject result && result.ContainsKey("serverInfo");
        }
        catch (JsonException)
        {
            // A launcher may say something of its own first.
            return false;
        }
    }

    /// <summary>What it said last may quote its settings, so keys are taken out.</summary>
    private static async Task<string> DescribeEndAsync(Process process, Task<string> errors, CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return $"it ends with exit code {process.ExitCode}{ServiceMessageSanitizer.QuoteAfterColon(await errors.WaitAsync(cancellationToken), new Secret(""))}";
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
