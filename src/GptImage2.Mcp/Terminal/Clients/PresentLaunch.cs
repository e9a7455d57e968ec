using GptImage2.Mcp.Server;

namespace GptImage2.Mcp.Terminal.Clients;

/// <summary>How an entry that a client has already starts its server: whether that is this one, and which of its arguments are the user's own.</summary>
internal static class PresentLaunch
{
    /// <summary>What dnx keeps for itself, wherever it stands (dotnet tool execute, .NET SDK 10), and whether a value follows.</summary>
    private static readonly Dictionary<string, bool> LauncherOptions = new(StringComparer.Ordinal)
    {
        ["--yes"] = false,
        ["-y"] = false,
        ["--prerelease"] = false,
        ["--interactive"] = false,
        ["--allow-roll-forward"] = false,
        ["--disable-parallel"] = false,
        ["--ignore-failed-sources"] = false,
        ["--no-http-cache"] = false,
        ["--version"] = true,
        ["--source"] = true,
        ["--add-source"] = true,
        ["--configfile"] = true,
        ["--verbosity"] = true,
        ["-v"] = true,
    };

    /// <param name="present">What an entry says.</param>
    /// <returns>Its arguments as they are to be: those that started the program go, the user's own stay, behind the new ones; null where something else than this server is started.</returns>
    public static JsonArray? UpdateArguments(JsonObject present, LaunchCommand launch)
    {
        var before = present["args"] as JsonArray ?? [];
        return FindUserArguments(ReadText(present["command"]), [.. before.Select(ReadText)]) is { } own
            ? [.. LeadIn(launch, own.Select(place => ReadText(before[place]))).Select(argument => (JsonNode)argument), .. own.Select(place => before[place]?.DeepClone())]
            : null;
    }

    /// <param name="command">Null where the entry has none.</param>
    /// <param name="arguments">Null for what is no text.</param>
    /// <returns>The places of the arguments that are the user's; null where something else than this server is started.</returns>
    public static int[]? FindUserArguments(string? command, IReadOnlyList<string?> arguments) => command is null ? [.. Enumerable.Range(0, arguments.Count)] : Find(command, arguments, 0);

    /// <summary>What stands before the user's own arguments: dnx is told where its own end if it would take one of them for itself.</summary>
    public static IReadOnlyList<string> LeadIn(LaunchCommand launch, IEnumerable<string?> own) =>
        NameOf(launch.Command) is "dnx" && own.OfType<string>().Any(LauncherOptions.ContainsKey) ? [.. launch.Arguments, "--"] : launch.Arguments;

    private static int[]? Find(string command, IReadOnlyList<string?> arguments, int from) => NameOf(command) switch
    {
        ServerDefinition.Name => From(arguments, from),
        "dnx" => FindAfterPackage(arguments, from),
        "cmd" when At(arguments, from)?.ToUpperInvariant() is "/C" && At(arguments, from + 1) is { } shown => Find(shown, arguments, from + 2),
        "dotnet" => At(arguments, from) switch
        {
            { } library when library.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) => NameOf(library) is ServerDefinition.Name ? From(arguments, from + 1) : null,
            "dnx" => FindAfterPackage(arguments, from + 1),
            "tool" when At(arguments, from + 1) is "exec" or "execute" => FindAfterPackage(arguments, from + 2),
            "run" when arguments.Any(word => word?.Contains(LaunchCommand.Package, StringComparison.OrdinalIgnoreCase) is true) => FindAfterDashes(arguments),
            _ => null,
        },
        _ => null,
    };

    /// <summary>Those that neither name the package nor are dnx's own.</summary>
    private static int[]? FindAfterPackage(IReadOnlyList<string?> arguments, int from)
    {
        List<int> own = [];
        var hasPackage = false;
        for (var place = from; place < arguments.Count; place++)
        {
            var word = arguments[place];
            if (word is "--")
            {
                own.AddRange(From(arguments, place + 1));
                break;
            }

            if (!hasPackage && word?.Split('@')[0].Equals(LaunchCommand.Package, StringComparison.OrdinalIgnoreCase) is true)
            {
                hasPackage = true;
            }
            else if (word is not null && LauncherOptions.TryGetValue(word, out var hasValue))
            {
                place += hasValue ? 1 : 0;
            }
            else
            {
                own.Add(place);
            }
        }

        return hasPackage ? [.. own] : null;
    }

    private static int[] FindAfterDashes(IReadOnlyList<string?> arguments) => arguments.Index().FirstOrDefault(word => word.Item is "--", (arguments.Count, null)) is var (dashes, _) ? From(arguments, dashes + 1) : [];

    private static int[] From(IReadOnlyList<string?> arguments, int from) => [.. Enumerable.Range(0, arguments.Count).Where(place => place >= from)];

    private static string? At(IReadOnlyList<string?> arguments, int place) => place < arguments.Count ? arguments[place] : null;

    private static string? ReadText(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Of a file, whichever system its path is of.</summary>
    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path[(path.LastIndexOfAny(['/', '\\']) + 1)..]).ToLowerInvariant();
}
