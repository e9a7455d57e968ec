using System.Runtime.CompilerServices;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Terminal.Clients;
using GptImage2.Mcp.Terminal.Clients.Files;

namespace GptImage2.Mcp.Terminal.Doctor;

/// <summary>The clients of this machine: who has an entry for this server, and whether that starts.</summary>
internal sealed class ClientChecks(UserFolders folders, EntryStart start)
{
    /// <summary>The length of the longest name of a client that is here.</summary>
    public int LongestSubject => Present.Select(client => client.Name.Length).DefaultIfEmpty(0).Max();

    private IEnumerable<McpClient> Present => KnownClients.All.Where(known => File.Exists(known.FindFile(folders)));

    public async IAsyncEnumerable<DoctorFinding> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<McpClient> without = [];
        var count = 0;
        foreach (var client in Present)
        {
            var (entries, problem) = ReadEntries(client);
            if (problem is not null)
            {
                yield return problem;
            }
            else if (entries is [])
            {
                without.Add(client);
            }

            foreach (var entry in entries)
            {
                count++;
                yield return await CheckAsync(client, entry, cancellationToken);
            }
        }

        if (without is not [] || count is 0)
        {
            yield return DoctorFinding.Note(
                "clients",
                without is [] ? "no client of this user starts this server" : $"{string.Join(", ", without.Select(client => client.Title))} could start this server and {(without.Count is 1 ? "does" : "do")} not",
                without is [var first, ..] ? $"{ServerDefinition.Name} config {first.Name} --write" : $"{ServerDefinition.Name} config");
        }
    }

    private async Task<DoctorFinding> CheckAsync(McpClient client, ConfiguredEntry entry, CancellationToken cancellationToken)
    {
        var file = client.FindFile(folders);
        if (!entry.IsComplete)
        {
            return DoctorFinding.Note(client.Name, $"{entry.Name} in {file} is started by what only {client.Title} fills in, or is at an address; it was not tried");
        }

        if (await start.TryAsync(entry, cancellationToken) is { } problem)
        {
            return DoctorFinding.Wrong(client.Name, $"{entry.Name} in {file} does not start: {problem}", FindRemedy(client, entry));
        }

        return entry.Environment.GetValueOrDefault(EntryText.KeyVariable) is EntryText.Placeholder
            ? DoctorFinding.Note(client.Name, $"{entry.Name} in {file} starts and answers, and draws sketches: {EntryText.Placeholder} still stands where your key belongs", $"Put your key in place of {EntryText.Placeholder} in {file}")
            : DoctorFinding.Ok(client.Name, $"{entry.Name} in {file} starts and answers");
    }

    private static string FindRemedy(McpClient client, ConfiguredEntry entry)
    {
        var isOurs = PresentLaunch.FindUserArguments(entry.Command, [.. entry.Arguments]) is not null;
        return $"{ServerDefinition.Name} config {client.Name} --write{(!isOurs ? " --name NAME" : entry.Name is EntryText.DefaultName ? "" : $" --name {entry.Name}")}";
    }

    private (IReadOnlyList<ConfiguredEntry> Entries, DoctorFinding? Problem) ReadEntries(McpClient client)
    {
        var file = new ClientFile(client.FindFile(folders));
        try
        {
            return (ConfiguredEntry.ReadAll(ConfigFormats.Read(client.Language, file.Read()), client), null);
        }
        catch (ConfigFileException broken)
        {
            return ([], DoctorFinding.Wrong(client.Name, $"{file.Path} {broken.Message}", $"Correct that place; {client.Title} cannot read its servers either."));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ([], DoctorFinding.Wrong(client.Name, $"{file.Path} cannot be read ({failure.Message})", OperatingSystem.IsWindows() ? null : ShellLine.Write(["chmod", "u+r", file.Path])));
        }
    }
}
