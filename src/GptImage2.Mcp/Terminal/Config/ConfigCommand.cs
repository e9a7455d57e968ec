using System.CommandLine;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Server;
using GptImage2.Mcp.Terminal.Clients;
using GptImage2.Mcp.Terminal.Clients.Files;
using GptImage2.Mcp.Terminal.Interaction;

namespace GptImage2.Mcp.Terminal.Config;

/// <summary>Sets a client up: prints what to paste, or writes it where it belongs.</summary>
/// <param name="launch">How the client shall start this server.</param>
/// <param name="answers">Where a person's answers come from; null where nobody can be asked.</param>
/// <param name="output">For what is pasted, and the change that would be made.</param>
/// <param name="explanations">For what a person reads.</param>
internal sealed class ConfigCommand(UserFolders folders, LaunchCommand launch, TextReader? answers, TextWriter output, TextWriter explanations)
{
    /// <summary>Whether the user's environment has a key.</summary>
    public bool KeyIsInEnvironment { get; init; }

    public const string Name = "config";

    private const string NameRule = "letters, digits, - and _";

    private readonly Question _question = new(answers, explanations);

    /// <param name="command">Made only when there is something to do.</param>
    public static Command Create(Func<ConfigCommand> command)
    {
        Argument<string?> client = new("client") { Description = $"One of {string.Join(", ", KnownClients.All.Select(known => known.Name))}; without one, all are listed.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> write = new("--write") { Description = "Add the server to the client's file, after showing the change; all else in the file stays, and the file as it was is kept beside it." };
        Option<string?> file = new("--file") { Description = "Another file than the client's own, for example a project's.", HelpName = "path" };
        Option<string> name = new("--name") { Description = "What the client calls the server.", DefaultValueFactory = _ => EntryText.DefaultName };
        Option<bool> yes = new("--yes") { Description = "Write without being asked." };
        var config = new Command(Name, "Print what an MCP client needs to start this server, or write it into the client's file.") { client, write, file, name, yes };
        config.SetAction((line, cancellationToken) => command().RunAsync(
            new ConfigRequest(line.GetValue(client), line.GetValue(write), line.GetValue(file), line.GetRequiredValue(name), line.GetValue(yes)), cancellationToken));
        return config;
    }

    public static ConfigCommand ForTerminal(TextWriter output) =>
        new(UserFolders.FromSystem(), LaunchCommand.FromThisProcess(), Console.IsInputRedirected ? null : Console.In, output, Console.Error)
        {
            KeyIsInEnvironment = ShellEnvironment.HasKey(ShellEnvironment.Read()),
        };

    public async Task<int> RunAsync(ConfigRequest request, CancellationToken cancellationToken)
    {
        if (request.Client is null)
        {
            return List();
        }

        if (KnownClients.All.FirstOrDefault(known => known.Name == request.Client) is not { } client)
        {
            string[] names = [.. KnownClients.All.Select(known => known.Name)];
            return Refuse($"client: expected one of {string.Join(", ", names)} but received \"{request.Client}\".{NearNames.Describe(request.Client, names)}");
        }

        if (request.Name is "" || !request.Name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            return Refuse($"--name: expected {NameRule} but received \"{request.Name}\".");
        }

        if (request.File is not null && string.IsNullOrWhiteSpace(request.File))
        {
            return Refuse("--file: expected the path of a file but received none.");
        }

        var entry = new ServerEntry(client, request.Name, launch) { KeyIsInEnvironment = KeyIsInEnvironment };
        var file = new ClientFile(Path.GetFullPath(request.File ?? client.FindFile(folders)));
        if (!request.Write)
        {
            return Print(entry, file, request);
        }

        try
        {
            return await WriteAsync(entry, file, request, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return Refuse("\nStopped: nothing was written.");
        }
        catch (ConfigFileException refused)
        {
            return Refuse($"{file.Path} {refused.Message}. Nothing was changed.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Refuse($"{file.Path} cannot be read or written ({failure.Message}) Nothing was changed.");
        }
    }

    private int List()
    {
        foreach (var client in KnownClients.All)
        {
            var file = client.FindFile(folders);
            output.WriteLine($"{client.Name,-15} {DescribeState(client, file),-5}  {file}");
        }

        explanations.WriteLine("here: the client's file is there; added: this server is in it.");
        explanations.WriteLine($"{ServerDefinition.Name} {Name} CLIENT prints what to paste; with --write it is written there.");
        return 0;
    }

    private static string DescribeState(McpClient client, string file)
    {
        try
        {
            var bytes = new ClientFile(file).Read();
            return ConfiguredEntry.ReadAll(ConfigFormats.Read(client.Language, bytes), client) is not [] ? "added" : File.Exists(file) ? "here" : "";
        }
        catch (Exception unreadable) when (unreadable is ConfigFileException or IOException or UnauthorizedAccessException)
        {
            return "here";
        }
    }

    private int Print(ServerEntry entry, ClientFile file, ConfigRequest request)
    {
        output.Write(EntryText.CreateSnippet(entry));
        explanations.WriteLine($"\nThis belongs into {file.Path}. To have it put there: {request.ToCommandLine(yes: false)}");
        if (entry.Client.Link?.Invoke(entry) is { } link)
        {
            explanations.WriteLine($"One click: {link}");
        }

        if (entry.Client.CommandLine?.Invoke(entry) is { } line)
        {
            explanations.WriteLine($"One line:  {ShellLine.Write(line)}");
        }

        ExplainKey(entry, file);
        explanations.WriteLine(entry.Client.Afterwards);
        return 0;
    }

    private async Task<int> WriteAsync(ServerEntry entry, ClientFile file, ConfigRequest request, CancellationToken cancellationToken)
    {
        var change = FileChange.Plan(file.Read(), entry);
        if (change.Edits is [])
        {
            explanations.WriteLine($"{file.Path} starts this server already; nothing was changed.");
            return 0;
        }

        file.RequireWritable();
        output.Write(ChangeText.Write(file.Path, change));
        if (!request.Yes && !await _question.AskAsync($"Write this to {file.Path}?", cancellationToken))
        {
            return Refuse(!_question.CanAsk ? $"Nothing was written, because nobody can be asked here. To write it: {request.ToCommandLine(yes: true)}" : "Nothing was written.");
        }

        var kept = file.Replace(change, entry);
        explanations.WriteLine($"{file.Path} is written.{(kept is null ? "" : $" What it was is kept at {kept}.")}");
        if (change.Edits.Any(edit => edit.Text.Contains(entry.Key, StringComparison.Ordinal)))
        {
            ExplainKey(entry, file);
        }

        explanations.WriteLine(entry.Client.Afterwards);
        return 0;
    }

    private void ExplainKey(ServerEntry entry, ClientFile file)
    {
        if (entry.TakesKeyFromEnvironment)
        {
            explanations.WriteLine($"{entry.Key} takes your key from the environment of {entry.Client.Title}: start it where {EntryText.KeyVariable} is set, as it is here, or put the key in its place in {file.Path}. Without a key, images are labelled sketches, free.");
        }
        else if (entry.Client.InputsKey is null)
        {
            var otherwise = entry.Client.KeyFromEnvironment is { } reference ? $", or {reference} to have it taken from the client's environment" : "";
            explanations.WriteLine($"Put your key in place of {EntryText.Placeholder} in {file.Path}{otherwise}. Until then images are labelled sketches, free.");
        }
    }

    private int Refuse(string text)
    {
        explanations.WriteLine(text);
        return 1;
    }
}
