using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GptImage2.Packaging.Mcpb;

/// <summary>What a server says of itself.</summary>
/// <param name="Tools">Names with descriptions.</param>
internal sealed record ServerDescription(string Name, string Version, IReadOnlyList<(string Name, string Description)> Tools, IReadOnlyList<PromptDescription> Prompts)
{
    private static readonly string[] Own = ["GPTIMAGE2_", "OPENAI_", "AZURE_", "SCENARIO_", "OTEL_"];

    /// <summary>Starts the server, without a key and in an empty store, and asks it.</summary>
    public static async Task<ServerDescription> AskAsync(string executable, CancellationToken cancellationToken)
    {
        var store = Directory.CreateTempSubdirectory("gptimage2-packaging-");
        try
        {
            var transport = new StdioClientTransport(new StdioClientTransportOptions
            {
                Command = executable,
                EnvironmentVariables = CreateEnvironment(store.FullName),
            });
            await using var client = await McpClient.CreateAsync(transport, cancellationToken: cancellationToken);
            var tools = await client.ListToolsAsync(cancellationToken: cancellationToken);
            var prompts = new List<PromptDescription>();
            foreach (var prompt in await client.ListPromptsAsync(cancellationToken: cancellationToken))
            {
                prompts.Add(await DescribeAsync(client, prompt.ProtocolPrompt, cancellationToken));
            }

            var about = client.ServerInfo ?? throw new InvalidDataException($"{executable} does not say who it is.");
            return new ServerDescription(about.Name, about.Version, [.. tools.Select(tool => (tool.Name, tool.Description))], prompts);
        }
        finally
        {
            store.Delete(recursive: true);
        }
    }

    /// <summary>Nothing that somebody has set for servers of their own: what is listed is for everybody.</summary>
    private static Dictionary<string, string?> CreateEnvironment(string store)
    {
        var environment = Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(variable => Own.Any(own => variable.StartsWith(own, StringComparison.OrdinalIgnoreCase))).ToDictionary(variable => variable, _ => (string?)null);
        environment["GPTIMAGE2_STORAGE__ROOT"] = store;
        return environment;
    }

    /// <summary>Its text with the bundle's own placeholders in place of arguments, where they may be any words.</summary>
    private static async Task<PromptDescription> DescribeAsync(McpClient client, Prompt prompt, CancellationToken cancellationToken)
    {
        string[] arguments = [.. (prompt.Arguments ?? []).Where(argument => argument.Required is true).Select(argument => argument.Name)];
        try
        {
            var filled = await client.GetPromptAsync(prompt.Name, arguments.ToDictionary(name => name, name => (object?)$"${{arguments.{name}}}"), cancellationToken: cancellationToken);
            return new PromptDescription(prompt.Name, prompt.Description ?? "", arguments, string.Join("\n\n", filled.Messages.Select(message => message.Content).OfType<TextContentBlock>().Select(block => block.Text)));
        }
        catch (McpException)
        {
            // An argument has to be a real image, so that only the server can fill it in; a tool has the same template.
            var given = string.Join("; ", arguments.Select(name => $"{name}: ${{arguments.{name}}}"));
            return new PromptDescription(prompt.Name, prompt.Description ?? "", arguments, $"Call list_presets with topic \"{prompt.Name}\" and do what that template says, with {given}.");
        }
    }
}

/// <summary>A prompt as a bundle lists it.</summary>
/// <param name="Arguments">Names of those that must be given.</param>
internal sealed record PromptDescription(string Name, string Description, IReadOnlyList<string> Arguments, string Text);
