using GptImage2.Mcp.Server;
using GptImage2.Mcp.Terminal.Clients;
using GptImage2.Mcp.Tests.Repository;

namespace GptImage2.Mcp.Tests.Terminal.Config;

/// <summary>docs/clients.md says of each client what the command does.</summary>
public sealed class ClientsDocumentTests
{
    private const string Document = "docs/clients.md";

    private static readonly LaunchCommand Launch = LaunchCommand.FromPackage(ServerDefinition.Version.Split('+')[0]);

    private static string UpdateFile => Path.Combine(RepositoryRoot.Path, "tests/GptImage2.Mcp.Tests/Terminal/Config/update");

    public static TheoryData<string> Clients => [.. KnownClients.All.Select(client => client.Name)];

    [Theory]
    [MemberData(nameof(Clients))]
    public void Each_client_has_a_section_with_its_file_links_and_snippet(string name)
    {
        var client = KnownClients.All.Single(known => known.Name == name);
        var (start, end) = ($"## {client.Title}\n\n<!-- config {name} -->\n", $"<!-- /config {name} -->\n");
        var expected = $"{start}{CreateSection(client)}{end}";
        var document = RepositoryRoot.Read(Document);
        var from = document.IndexOf(start, StringComparison.Ordinal);
        var to = document.IndexOf(end, StringComparison.Ordinal) + end.Length;
        var present = from >= 0 && to > from ? document[from..to] : "";
        if (File.Exists(UpdateFile))
        {
            File.WriteAllText(Path.Combine(RepositoryRoot.Path, Document), present is "" ? document : document.Replace(present, expected, StringComparison.Ordinal));
            return;
        }

        present.ShouldBe(expected, $"{Document} differs from what the command prints. Where that is meant: touch {UpdateFile}, run this class once, and delete the file again.");
    }

    private static string CreateSection(McpClient client)
    {
        var entry = new ServerEntry(client, EntryText.DefaultName, Launch);
        string?[] parts =
        [
            client.WebLink is { } link ? $"[Add it to {client.Title}]({link(entry)}) by one click" + (client.InputsKey is null ? ", and put your key in place of `sk-…` there." : ": it asks for the key, and keeps it.") : null,
            client.CommandLine is { } line && client.InputsKey is null ? $"One line:\n\n```sh\n{ShellLine.Write(line(entry), windows: false)}\n```" : null,
            $"`{ServerDefinition.Name} config {client.Name} --write` adds it to {DescribeFile(client)}:\n\n```{(client.Language is ConfigLanguage.Toml ? "toml" : "json")}\n{EntryText.CreateSnippet(entry)}```",
            client.KeyFromEnvironment is { } reference ? $"`\"{reference}\"` in place of the key takes it from the environment of {client.Title}." : null,
            client.Afterwards,
        ];
        return string.Join("\n\n", parts.OfType<string>()) + "\n";
    }

    private static string DescribeFile(McpClient client)
    {
        var linux = client.FindFile(new UserFolders("~", "~/.config"));
        var mac = client.FindFile(new UserFolders("~", "~/Library/Application Support"));
        var windows = client.FindFile(new UserFolders("%USERPROFILE%", "%APPDATA%")).Replace('/', '\\');
        return linux == mac ? $"`{linux}`" : $"`{linux}` (macOS: `{mac}`, Windows: `{windows}`)";
    }
}
