namespace GptImage2.Mcp.Tests.Terminal.Config;

/// <summary>Files as users have them, and what they must become: every byte but our entry's stays.</summary>
internal static class ClientExamples
{
    /// <summary>Client, file before, file after.</summary>
    public static TheoryData<string, string, string> All => new()
    {
        {
            "claude-desktop",
            """
            {
              "globalShortcut": "Alt+Space",
              "mcpServers": {
                "filesystem": {
                  "command": "npx",
                  "args": ["-y", "@modelcontextprotocol/server-filesystem", "/home/me/Pictures"]
                }
              },
              "scale": 1.0
            }

            """,
            """
            {
              "globalShortcut": "Alt+Space",
              "mcpServers": {
                "filesystem": {
                  "command": "npx",
                  "args": ["-y", "@modelcontextprotocol/server-filesystem", "/home/me/Pictures"]
                },
                "gpt-image-2": {
                  "command": "dnx",
                  "args": [
                    "GptImage2.Mcp@0.1.0",
                    "--yes"
                  ],
                  "env": {
                    "OPENAI_API_KEY": "sk-…"
                  }
                }
              },
              "scale": 1.0
            }

            """
        },
        {
            // Tabs, comments at values and behind them, and a comma that nothing follows.
            "cursor",
            "{\n\t// mine\n\t\"mcpServers\": {\n\t\t\"git\": { \"command\": \"uvx\", \"args\": [\"mcp-server-git\"] }, // git\n\t\t/* \"old\": {} */\n\t},\n}\n",
            "{\n\t// mine\n\t\"mcpServers\": {\n\t\t\"git\": { \"command\": \"uvx\", \"args\": [\"mcp-server-git\"] }, // git\n\t\t/* \"old\": {} */\n" +
            "\t\t\"gpt-image-2\": {\n\t\t\t\"command\": \"dnx\",\n\t\t\t\"args\": [\n\t\t\t\t\"GptImage2.Mcp@0.1.0\",\n\t\t\t\t\"--yes\"\n\t\t\t],\n\t\t\t\"env\": {\n\t\t\t\t\"OPENAI_API_KEY\": \"sk-…\"\n\t\t\t}\n\t\t},\n\t},\n}\n"
        },
        {
            // Three spaces, Windows' lines, and a comment behind the last value, without a comma.
            "cursor",
            "{\r\n   \"mcpServers\": {\r\n      \"a\": { \"url\": \"http://localhost:3000/mcp\" } // local, café\r\n   }\r\n}",
            "{\r\n   \"mcpServers\": {\r\n      \"a\": { \"url\": \"http://localhost:3000/mcp\" }, // local, café\r\n" +
            "      \"gpt-image-2\": {\r\n         \"command\": \"dnx\",\r\n         \"args\": [\r\n            \"GptImage2.Mcp@0.1.0\",\r\n            \"--yes\"\r\n         ],\r\n" +
            "         \"env\": {\r\n            \"OPENAI_API_KEY\": \"sk-…\"\r\n         }\r\n      }\r\n   }\r\n}"
        },
        {
            "vscode",
            """
            {
            	"inputs": [
            		{ "type": "promptString", "id": "other", "description": "Other", "password": true }
            	],
            	"servers": {}
            }
            """,
            """
            {
            	"inputs": [
            		{ "type": "promptString", "id": "other", "description": "Other", "password": true },
            		{
            			"type": "promptString",
            			"id": "openai-key",
            			"description": "OpenAI API key",
            			"password": true
            		}
            	],
            	"servers": {
            		"gpt-image-2": {
            			"type": "stdio",
            			"command": "dnx",
            			"args": [
            				"GptImage2.Mcp@0.1.0",
            				"--yes"
            			],
            			"env": {
            				"OPENAI_API_KEY": "${input:openai-key}"
            			}
            		}
            	}
            }
            """
        },
        {
            // As Claude Code itself writes it, much of it nothing to do with servers; on one line.
            "claude-code",
            """{"numStartups":12,"projects":{"/home/me/a":{"mcpServers":{},"history":[]}},"mcpServers":{"a":{"type":"stdio","command":"x"}},"userID":"1"}""",
            """{"numStartups":12,"projects":{"/home/me/a":{"mcpServers":{},"history":[]}},"mcpServers":{"a":{"type":"stdio","command":"x"},"gpt-image-2":{"type":"stdio","command":"dnx","args":["GptImage2.Mcp@0.1.0","--yes"],"env":{"OPENAI_API_KEY":"sk-…"}}},"userID":"1"}"""
        },
        {
            // The servers are missing.
            "gemini-cli",
            "{\n    \"theme\": \"Default\"\n}\n",
            "{\n    \"theme\": \"Default\",\n    \"mcpServers\": {\n        \"gpt-image-2\": {\n            \"command\": \"dnx\",\n            \"args\": [\n                \"GptImage2.Mcp@0.1.0\",\n                \"--yes\"\n            ],\n" +
            "            \"env\": {\n                \"OPENAI_API_KEY\": \"sk-…\"\n            }\n        }\n    }\n}\n"
        },
        {
            // Ours is there, for another version, with the user's key and more.
            "cursor",
            """
            {
              "mcpServers": {
                "gpt-image-2": { "command": "dnx", "args": ["GptImage2.Mcp@0.0.9", "--yes"], /* mine */ "env": { "OPENAI_API_KEY": "sk-real", "GPTIMAGE2_MODEL": "gpt-image-2" }, "timeout": 600000 }
              }
            }
            """,
            """
            {
              "mcpServers": {
                "gpt-image-2": { "command": "dnx", "args": ["GptImage2.Mcp@0.1.0", "--yes"], /* mine */ "env": { "OPENAI_API_KEY": "sk-real", "GPTIMAGE2_MODEL": "gpt-image-2" }, "timeout": 600000 }
              }
            }
            """
        },
        {
            "claude-desktop",
            """
            {
              "mcpServers": {
                "gpt-image-2": {
                  "command": "/old/gptimage2-mcp"
                }
              }
            }
            """,
            """
            {
              "mcpServers": {
                "gpt-image-2": {
                  "command": "dnx",
                  "args": [
                    "GptImage2.Mcp@0.1.0",
                    "--yes"
                  ]
                }
              }
            }
            """
        },
        {
            "codex",
            """
            # mine
            model = "gpt-5.4"   # the good one

            [mcp_servers.docs]
            command = 'npx'
            args = [
              "-y", # yes
              "docs-mcp",
            ]
            env = { TOKEN = "abc" }

            [[profiles]]
            started = 2026-11-30T08:00:00Z
            """,
            """
            # mine
            model = "gpt-5.4"   # the good one

            [mcp_servers.docs]
            command = 'npx'
            args = [
              "-y", # yes
              "docs-mcp",
            ]
            env = { TOKEN = "abc" }

            [[profiles]]
            started = 2026-11-30T08:00:00Z

            [mcp_servers.gpt-image-2]
            command = "dnx"
            args = ["GptImage2.Mcp@0.1.0", "--yes"]

            [mcp_servers.gpt-image-2.env]
            OPENAI_API_KEY = "sk-…"

            """
        },
        {
            "codex",
            "model = \"é\"\r\n\r\n[mcp_servers.gpt-image-2]\r\n  command = \"/old/gptimage2-mcp\" # where it was\r\nenv = { OPENAI_API_KEY = \"sk-real\" }\r\ntool_timeout_sec = 600\r\n",
            "model = \"é\"\r\n\r\n[mcp_servers.gpt-image-2]\r\n  command = \"dnx\" # where it was\r\n  args = [\"GptImage2.Mcp@0.1.0\", \"--yes\"]\r\nenv = { OPENAI_API_KEY = \"sk-real\" }\r\ntool_timeout_sec = 600\r\n"
        },
        {
            "codex",
            "[mcp_servers]\n\"gpt-image-2\" = { command = \"dnx\", args = [\"GptImage2.Mcp@0.0.9\"], env = { OPENAI_API_KEY = \"sk-real\" } }\n",
            "[mcp_servers]\n\"gpt-image-2\" = { command = \"dnx\", args = [\"GptImage2.Mcp@0.1.0\", \"--yes\"], env = { OPENAI_API_KEY = \"sk-real\" } }\n"
        },
        {
            "codex",
            "mcp_servers.gpt-image-2.command = \"/old/gptimage2-mcp\"\nmcp_servers.gpt-image-2.env.OPENAI_API_KEY = \"sk-real\"",
            "mcp_servers.gpt-image-2.command = \"dnx\"\nmcp_servers.gpt-image-2.args = [\"GptImage2.Mcp@0.1.0\", \"--yes\"]\nmcp_servers.gpt-image-2.env.OPENAI_API_KEY = \"sk-real\""
        },
    };

    /// <summary>Client, the arguments that its entry has, and those that it shall have, started by the package and by a path.</summary>
    public static TheoryData<string, string, string, string> Arguments => new()
    {
        { "/old/gptimage2-mcp", """["--storage:root", "/pics"]""", """["GptImage2.Mcp@0.1.0", "--yes", "--storage:root", "/pics"]""", """["--storage:root", "/pics"]""" },
        { "dnx", """["GptImage2.Mcp@0.0.9", "--yes", "--storage:root", "/pics"]""", """["GptImage2.Mcp@0.1.0", "--yes", "--storage:root", "/pics"]""", """["--storage:root", "/pics"]""" },
        { "dnx", """["--source", "/feed", "-y", "gptimage2.mcp", "--", "--yes"]""", """["GptImage2.Mcp@0.1.0", "--yes", "--", "--yes"]""", """["--yes"]""" },
        { "C:\\tools\\dotnet.exe", """["C:\\studio\\gptimage2-mcp.dll", "--jobs:waitseconds", "20"]""", """["GptImage2.Mcp@0.1.0", "--yes", "--jobs:waitseconds", "20"]""", """["--jobs:waitseconds", "20"]""" },
        { "cmd", """["/c", "dnx", "GptImage2.Mcp@0.0.9", "--yes", "--backend", "sketch"]""", """["GptImage2.Mcp@0.1.0", "--yes", "--backend", "sketch"]""", """["--backend", "sketch"]""" },
        { "dotnet", """["run", "--project", "src/GptImage2.Mcp", "--", "--backend", "sketch"]""", """["GptImage2.Mcp@0.1.0", "--yes", "--backend", "sketch"]""", """["--backend", "sketch"]""" },
    };

    /// <summary>Client, file that must be left alone, what is said of it.</summary>
    public static TheoryData<string, string, string> Refused => new()
    {
        { "claude-desktop", "{\n  \"mcpServers\": {\n    \"a\" { }\n  }\n}", "is not JSON: line 3, column 9." },
        { "claude-desktop", "{ \"mcpServers\": {", "is not JSON: line 1, column 18." },
        { "cursor", "mcpServers", "is not JSON: line 1, column 1." },
        { "cursor", "[]", "has something else than an object as its outermost value: line 1, column 1." },
        { "cursor", "{\n \"mcpServers\": []\n}", "has something else than an object as mcpServers: line 2, column 16." },
        { "cursor", "{ \"mcpServers\": { \"gpt-image-2\": null } }", "has something else than an object as gpt-image-2: line 1, column 34." },
        { "cursor", "{ \"mcpServers\": { \"gpt-image-2\": { \"url\": \"https://studio.example.com/mcp\" } } }", "has gpt-image-2 as a server at an address (url, line 1, column 36). Add this one under another name: --name NAME." },
        { "cursor", "{ \"mcpServers\": {}, \"mcpServers\": {} }", "names \"mcpServers\" twice: the second is at line 1, column 21." },
        { "vscode", "{ \"inputs\": {}, \"servers\": {} }", "has something else than an array as inputs: line 1, column 13." },
        { "claude-code", "{ \"a\": 1 } x", "is not JSON: line 1, column 12." },
        { "codex", "model = \"x\"\n[mcp_servers.a\ncommand = \"sk-secret\"", "is not TOML: line 2, column 15." },
        { "codex", "a = 1\na = 2\n", "is not TOML: line 2, column 1." },
        { "codex", "mcp_servers = 3\n", "has something else than a table as mcp_servers: line 1, column 1." },
        { "codex", "[mcp_servers.gpt-image-2]\nurl = \"https://studio.example.com/mcp\"\n", "has gpt-image-2 as a server at an address (url, line 2, column 1). Add this one under another name: --name NAME." },
        { "codex", "[mcp_servers.gpt-image-2.env]\nA = \"b\"\n", "has gpt-image-2 without a command. Delete that entry, or add this one under another name: --name NAME." },
        { "codex", "model = \"x\"\nmcp_servers = { a = { command = \"x\" } }\n", "has mcp_servers as an inline table, which cannot be extended; write it as [mcp_servers.a]: line 2, column 1." },
        { "cursor", "{ \"mcpServers\": { \"gpt-image-2\": { \"command\": \"npx\", \"args\": [\"-y\", \"someone-elses-gpt-image-2\", \"sk-secret\"] } } }", "has gpt-image-2 as another server (npx -y someone-elses-gpt-image-2 sk-(key), line 1, column 34). Add this one under another name: --name NAME." },
        { "codex", "[mcp_servers.gpt-image-2]\ncommand = \"npx\"\nargs = [\"-y\", \"someone-elses-gpt-image-2\"]\n", "has gpt-image-2 as another server (npx -y someone-elses-gpt-image-2, line 2, column 1). Add this one under another name: --name NAME." },
    };
}
