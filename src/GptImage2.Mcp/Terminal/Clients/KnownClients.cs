namespace GptImage2.Mcp.Terminal.Clients;

/// <summary>The clients that can be set up. Places and forms are as their documentation had them in November 2026.</summary>
internal static class KnownClients
{
    public static readonly IReadOnlyList<McpClient> All =
    [
        new()
        {
            Name = "claude-desktop",
            Title = "Claude Desktop",
            FindFile = folders => Path.Combine(folders.Settings, "Claude", "claude_desktop_config.json"),
            Afterwards = "Quit Claude Desktop and start it again.",
        },
        new()
        {
            Name = "claude-code",
            Title = "Claude Code",
            FindFile = folders => Path.Combine(folders.ClaudeCode ?? folders.Home, ".claude.json"),
            NamesTransport = true,
            KeyFromEnvironment = "${OPENAI_API_KEY}",
            CommandLine = entry => ["claude", "mcp", "add", "--env", AssignKey(entry), "--scope", "user", "--transport", "stdio", entry.Name, "--", .. Words(entry)],
            Afterwards = "Start Claude Code again; /mcp shows the server.",
        },
        new()
        {
            Name = "vscode",
            Title = "VS Code",
            FindFile = folders => Path.Combine(folders.Settings, "Code", "User", "mcp.json"),
            ServersKey = "servers",
            NamesTransport = true,
            InputsKey = "inputs",
            Link = InstallLinks.ForVSCode,
            WebLink = InstallLinks.ForVSCodeOnTheWeb,
            CommandLine = entry => ["code", "--add-mcp", InstallLinks.DescribeForVSCode(entry)],
            Afterwards = "Run \"MCP: List Servers\" and start the server; VS Code asks for the key and keeps it.",
        },
        new()
        {
            Name = "cursor",
            Title = "Cursor",
            FindFile = folders => Path.Combine(folders.Home, ".cursor", "mcp.json"),
            KeyFromEnvironment = "${env:OPENAI_API_KEY}",
            Link = InstallLinks.ForCursor,
            WebLink = InstallLinks.ForCursorOnTheWeb,
            Afterwards = "Turn the server on under Settings, Tools & MCP.",
        },
        new()
        {
            Name = "codex",
            Title = "Codex",
            FindFile = folders => Path.Combine(folders.Codex ?? Path.Combine(folders.Home, ".codex"), "config.toml"),
            Language = ConfigLanguage.Toml,
            ServersKey = "mcp_servers",
            CommandLine = entry => ["codex", "mcp", "add", entry.Name, "--env", AssignKey(entry), "--", .. Words(entry)],
            Afterwards = "Start Codex again; /mcp shows the server.",
        },
        new()
        {
            Name = "gemini-cli",
            Title = "Gemini CLI",
            FindFile = folders => Path.Combine(folders.Home, ".gemini", "settings.json"),
            KeyFromEnvironment = "$OPENAI_API_KEY",
            CommandLine = entry => ["gemini", "mcp", "add", "--scope", "user", "-e", AssignKey(entry), entry.Name, .. Words(entry)],
            Afterwards = "Start Gemini CLI again; /mcp shows the server.",
        },
        new()
        {
            Name = "windsurf",
            Title = "Windsurf",
            FindFile = folders => Path.Combine(folders.Home, ".codeium", "windsurf", "mcp_config.json"),
            KeyFromEnvironment = "${env:OPENAI_API_KEY}",
            Afterwards = "Refresh the MCP servers of Cascade.",
        },
        new()
        {
            Name = "jetbrains",
            Title = "JetBrains",
            FindFile = folders => Path.Combine(folders.Home, ".junie", "mcp", "mcp.json"),
            Afterwards = "Junie has it under Settings, Tools, Junie, MCP Settings. AI Assistant keeps its own: paste the snippet under Settings, Tools, AI Assistant, Model Context Protocol.",
        },
    ];

    private static string AssignKey(ServerEntry entry) => $"{EntryText.KeyVariable}={entry.Key}";

    private static string[] Words(ServerEntry entry) => [entry.Launch.Command, .. entry.Launch.Arguments];
}
