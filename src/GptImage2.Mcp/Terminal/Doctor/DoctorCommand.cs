using System.CommandLine;
using System.Text.Encodings.Web;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Terminal.Clients;

namespace GptImage2.Mcp.Terminal.Doctor;

/// <summary>Checks whether this machine has what the server needs, and prints what to do where it has not.</summary>
internal sealed class DoctorCommand(IReadOnlyList<Func<CancellationToken, IAsyncEnumerable<DoctorFinding>>> checks, TextWriter output)
{
    /// <param name="services">Null when only help is wanted; so the settings.</param>
    /// <param name="output">Where a script reads.</param>
    public static Command Create(IServiceProvider? services, ServerSettings? settings, TextWriter output)
    {
        Option<bool> json = new("--json") { Description = "Print the findings as JSON." };
        var command = new Command("doctor", "Check this machine, the key and the clients, and print the command that mends what is wrong. Exit code 1 where something is.") { json };
        command.SetAction((line, cancellationToken) => new DoctorCommand(
            [
                cancellation => new MachineChecks(services!, settings!).RunAsync(cancellation),
                cancellation => new BackendChecks(services!, settings!).RunAsync(cancellation),
                cancellation => new ClientChecks(UserFolders.FromSystem(), new EntryStart(TimeProvider.System)).RunAsync(cancellation),
            ],
            output).RunAsync(line.GetValue(json), cancellationToken));
        return command;
    }

    public async Task<int> RunAsync(bool json, CancellationToken cancellationToken)
    {
        List<DoctorFinding> findings = [];
        foreach (var check in checks)
        {
            await foreach (var finding in check(cancellationToken))
            {
                findings.Add(finding);
                if (!json)
                {
                    await output.WriteLineAsync(finding.ToString());
                }
            }
        }

        var wrong = findings.Count(finding => finding.State is FindingState.Wrong);
        await output.WriteLineAsync(json ? Write(new DoctorReport(ServerDefinition.Version, wrong is 0, findings))
            : wrong is 0 ? "All checks passed."
            : $"{wrong} of {findings.Count} findings must be mended; the lines above say how.");
        return wrong is 0 ? 0 : 1;
    }

    private static string Write(DoctorReport report) =>
        JsonSerializer.Serialize(report, new DoctorJson(new JsonSerializerOptions(DoctorJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).DoctorReport);
}
