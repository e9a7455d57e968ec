namespace GptImage2.Mcp.Configuration;

/// <summary>Tells configuration switches (<c>--section:key value</c>) from the rest of the command line.</summary>
/// <param name="Switches">In the form <c>--section:key=value</c>.</param>
/// <param name="Command">The command and its own options; empty to serve stdio.</param>
internal sealed record CommandLine(IReadOnlyList<string> Switches, IReadOnlyList<string> Command)
{
    /// <summary>Settings without a section, which could be mistaken for options of a command.</summary>
    private static readonly string[] TopLevelSwitches = ["--backend", "--model"];

    /// <summary>Behind it, words are what they are and nothing else.</summary>
    public const string AsTheyAre = "--";

    public static CommandLine Split(IReadOnlyList<string> args)
    {
        List<string> switches = [];
        List<string> command = [];
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] is AsTheyAre)
            {
                command.AddRange(args.Skip(i));
                break;
            }

            if (!IsSwitch(args[i]))
            {
                command.Add(args[i]);
            }
            else if (args[i].Contains('=', StringComparison.Ordinal) || i + 1 == args.Count)
            {
                switches.Add(args[i]);
            }
            else
            {
                var name = args[i++];
                string[] more = IsList(name) ? [.. args.Skip(i + 1).TakeWhile(Path.IsPathFullyQualified)] : [];
                switches.Add($"{name}={string.Join(Path.PathSeparator, [args[i], .. more])}");
                i += more.Length;
            }
        }

        return new CommandLine(switches, Translate(command));
    }

    /// <summary>Help must work however wrong the settings are, and so must setting a client up.</summary>
    public static bool NeedsNoSettings(IReadOnlyList<string> command) =>
        command is ["config", ..] || command.TakeWhile(word => word is not AsTheyAre).Any(word => word is "--help" or "-h" or "-?" or "--version");

    /// <summary>Help and the version as they are asked for elsewhere.</summary>
    private static IReadOnlyList<string> Translate(IReadOnlyList<string> command) => command switch
    {
        ["help", ..] => [.. command.Skip(1), "--help"],
        ["version" or "-v"] => ["--version"],
        _ => command,
    };

    /// <summary>Folders of which there may be several: clients that let their users choose them put each into an argument of its own.</summary>
    private static bool IsList(string name) => name.EndsWith(":roots", StringComparison.OrdinalIgnoreCase);

    private static bool IsSwitch(string arg)
    {
        var name = arg.Split('=')[0];
        return name.StartsWith("--", StringComparison.Ordinal) && (name.Contains(':', StringComparison.Ordinal) || TopLevelSwitches.Contains(name));
    }
}
