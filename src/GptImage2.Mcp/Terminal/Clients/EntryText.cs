using GptImage2.Mcp.Configuration;

namespace GptImage2.Mcp.Terminal.Clients;

/// <summary>An entry of ours as clients read it.</summary>
internal static class EntryText
{
    /// <summary>What the server is called unless the user has another name for it.</summary>
    public const string DefaultName = "gpt-image-2";

    public const string KeyVariable = "OPENAI_API_KEY";

    /// <summary>Stands for the user's key. It counts as none, so a call that comes before the key is a sketch that says so.</summary>
    public const string Placeholder = KeyPlaceholder.Text;

    public const string InputId = "openai-key";

    /// <summary>The entry of a client that does not know the server yet.</summary>
    public static JsonObject Create(ServerEntry entry)
    {
        var (client, launch) = (entry.Client, entry.Launch);
        var json = new JsonObject();
        if (client.NamesTransport)
        {
            json["type"] = "stdio";
        }

        json["command"] = launch.Command;
        if (launch.Arguments is not [])
        {
            json["args"] = CreateArguments(launch);
        }

        json["env"] = new JsonObject { [KeyVariable] = client.InputsKey is null ? entry.Key : $"${{input:{InputId}}}" };
        return json;
    }

    public static JsonArray CreateArguments(LaunchCommand launch) => [.. launch.Arguments.Select(argument => (JsonNode)argument)];

    /// <summary>What a client that asks for secrets itself asks its user.</summary>
    public static JsonObject CreateInput() => new() { ["type"] = "promptString", ["id"] = InputId, ["description"] = "OpenAI API key", ["password"] = true };

    /// <summary>All of a client's file where there is nothing in it yet.</summary>
    public static JsonObject CreateFile(ServerEntry entry)
    {
        var file = new JsonObject();
        if (entry.Client.InputsKey is { } inputs)
        {
            file[inputs] = new JsonArray(CreateInput());
        }

        file[entry.Client.ServersKey] = new JsonObject { [entry.Name] = Create(entry) };
        return file;
    }

    /// <summary>What a user pastes into the client's file, with a line feed at its end.</summary>
    public static string CreateSnippet(ServerEntry entry) => entry.Client.Language is ConfigLanguage.Toml
        ? TomlText.CreateTables(entry, "\n")
        : $"{JsonText.Write(CreateFile(entry), "\n")}\n";
}
