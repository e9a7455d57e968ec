namespace GptImage2.Mcp.Terminal.Clients;

/// <summary>An MCP client: where it keeps its servers, and how an entry of ours looks there.</summary>
internal sealed record McpClient
{
    /// <summary>As it is typed.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>Its file for all projects of a user.</summary>
    public required Func<UserFolders, string> FindFile { get; init; }

    public ConfigLanguage Language { get; init; } = ConfigLanguage.Json;

    /// <summary>What the servers are below.</summary>
    public string ServersKey { get; init; } = "mcpServers";

    /// <summary>Whether an entry says that it speaks stdio.</summary>
    public bool NamesTransport { get; init; }

    /// <summary>Where a client that asks for secrets itself keeps its questions; null where a key is written into the entry.</summary>
    public string? InputsKey { get; init; }

    /// <summary>What may be written in place of the key to take it from the client's environment; null where that is not known to work.</summary>
    public string? KeyFromEnvironment { get; init; }

    /// <summary>A link that this machine's client opens, and adds the server by one click.</summary>
    public Func<ServerEntry, string>? Link { get; init; }

    /// <summary>The same for a web page, where links to programs do not work.</summary>
    public Func<ServerEntry, string>? WebLink { get; init; }

    /// <summary>The client's own command that adds the server.</summary>
    public Func<ServerEntry, IReadOnlyList<string>>? CommandLine { get; init; }

    /// <summary>What makes the client see a new entry, as a sentence.</summary>
    public required string Afterwards { get; init; }
}

/// <summary>A server as clients know it.</summary>
/// <param name="Name">What the client calls it.</param>
internal sealed record ServerEntry(McpClient Client, string Name, LaunchCommand Launch)
{
    /// <summary>Whether the user's environment has a key, which a client that can takes from there. The key itself is never written.</summary>
    public bool KeyIsInEnvironment { get; init; }

    public bool TakesKeyFromEnvironment => KeyIsInEnvironment && Client is { InputsKey: null, KeyFromEnvironment: not null };

    /// <summary>What stands where the key belongs.</summary>
    public string Key => TakesKeyFromEnvironment ? Client.KeyFromEnvironment! : EntryText.Placeholder;
}

/// <summary>What a file is written in.</summary>
internal enum ConfigLanguage
{
    /// <summary>With comments and trailing commas where its client takes them.</summary>
    Json,
    Toml,
}
