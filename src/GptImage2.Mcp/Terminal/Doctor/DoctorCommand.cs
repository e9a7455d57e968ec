using System.CommandLine;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Terminal.Clients;

namespace GptImage2.Mcp.Terminal.Doctor;

/// <summary>Checks whether this machine has what the server needs, and prints what to do where it has not.</summary>
/// <param name="width">Of the column of subjects.</param>
internal sealed class DoctorCommand(IReadOnlyList<Func<CancellationToken, IAsyncEnumerable<DoctorFinding>>> checks, TextWriter output, int width)
{
    /// <param name="services">Null when only help is wanted; so the settings.</param>
    /// <param name="output">Where a script reads.</param>
    public static Command Create(IServiceProvider? services, ServerSettings? settings, TextWriter output)
    {
        Option<bool> json = new("--json") { Description = "Print the findings as JSON." };
        var command = new Command("doctor", "Check this machine, the key and the clients, and print the command that mends what is wrong. Exit code 1 where something is.") { json };
        command.SetAction((line, cancellationToken) =>
        {
            var clients = new ClientChecks(UserFolders.FromSystem(), new EntryStart(TimeProvider.System));
            return new DoctorCommand(
                [
                    cancellation => new MachineChecks(services!, settings!).RunAsync(cancellation),
                    cancellation => new BackendChecks(services!, settings!).RunAsync(cancellation),
                    clients.RunAsync,
                ],
                output,
                Math.Max(DoctorFinding.LeastWidth, clients.LongestSubject)).RunAsync(line.GetValue(json), cancellationToken);
        });
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
                    await output.WriteLineAsync(finding.Format(width));
                }
            }
        }

        var wrong = findings.Count(finding => finding.State is FindingState.Wrong);
        await output.WriteLineAsync(json ? new DoctorReport(ServerDefinition.Version, wrong is 0, findings).ToJson() : Conclude(findings, wrong));
        return wrong is 0 ? 0 : 1;
    }

    private static string Conclude(List<DoctorFinding> findings, int wrong) => (wrong, findings.Count(finding => finding.State is FindingState.Note)) switch
    {
        (0, 0) => "All checks passed.",
        (0, var notes) => $"No errors; {notes} {(notes is 1 ? "note" : "notes")}.",
        _ => $"{wrong} of {findings.Count} findings must be mended; the lines above say how.",
    };
}
