using GptImage2.Mcp.Terminal.Clients;
using GptImage2.Mcp.Terminal.Clients.Files;
using GptImage2.Testing.Seeds;

namespace GptImage2.Mcp.Tests.Terminal.Config;

/// <summary>Files that nobody thought of: whatever their layout, every byte stays in its order, and only our entry and what separates it comes between.</summary>
public sealed class GeneratedFileTests
{
    private const int All = 4_000;

    [Fact]
    public void Every_byte_of_any_JSON_stays()
    {
        for (var seed = 0; seed < GeneratedCases.Count(All); seed++)
        {
            var client = KnownClients.All.Where(known => known.Language is ConfigLanguage.Json).ElementAt(seed % 7);
            CheckChange(new JsonFileGenerator(new Random(seed), client.ServersKey).Create(), client, seed);
        }
    }

    [Fact]
    public void Every_byte_of_any_TOML_stays()
    {
        var client = KnownClients.All.Single(known => known.Language is ConfigLanguage.Toml);
        for (var seed = 0; seed < GeneratedCases.Count(All); seed++)
        {
            CheckChange(TomlFileGenerator.Create(new Random(seed)), client, seed);
        }
    }

    private static void CheckChange(string text, McpClient client, int seed)
    {
        var entry = new ServerEntry(client, "gpt-image-2", ConfigFolder.Launch);
        var before = Encoding.UTF8.GetBytes(text);

        var change = FileChange.Plan(before, entry);

        var after = Encoding.UTF8.GetString(change.After);
        ContainsInOrder(after, text).ShouldBeTrue($"{seed}: {after}");
        (Squeeze(after).Length - Squeeze(text).Length).ShouldBeOneOf([.. ListAdditions(entry).Select(addition => Squeeze(addition).Length)], $"{seed}: {after}");
        FileChange.Plan(change.After, entry).Edits.ShouldBeEmpty($"{seed}: {after}");
    }

    /// <summary>Everything that may come: the entry alone or in its container, and the question to the user.</summary>
    private static IEnumerable<string> ListAdditions(ServerEntry entry)
    {
        if (entry.Client.Language is ConfigLanguage.Toml)
        {
            return [TomlText.CreateTables(entry, "\n")];
        }

        var own = $"\"gpt-image-2\":{JsonText.Write(EntryText.Create(entry))}";
        string[] servers = [own, $"\"{entry.Client.ServersKey}\":{{{own}}}"];
        var input = JsonText.Write(EntryText.CreateInput());
        return entry.Client.InputsKey is null ? servers : servers.SelectMany(text => (string[])[text, text + input, $"\"inputs\":[{input}]{text}"]);
    }

    private static string Squeeze(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter is not ','));

    private static bool ContainsInOrder(string text, string letters)
    {
        var at = 0;
        foreach (var letter in text)
        {
            at += at < letters.Length && letters[at] == letter ? 1 : 0;
        }

        return at == letters.Length;
    }
}
