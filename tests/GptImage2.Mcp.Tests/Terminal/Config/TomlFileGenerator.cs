namespace GptImage2.Mcp.Tests.Terminal.Config;

/// <summary>TOML as hands write it: tables, array tables, dotted keys, inline tables, comments, strings that look like tables.</summary>
internal static class TomlFileGenerator
{
    private static readonly string[] Values =
    [
        "\"[mcp_servers.gpt-image-2]\"", "'literal # no comment'", "\"\"\"\nmany\n[lines]\n\"\"\"", "1_000", "2026-11-30T08:00:00Z", "[ 1, # one\n  2,\n]", "{ a = 1, b.c = \"é\" }", "true", "inf", "0xDEAD",
    ];

    public static string Create(Random random)
    {
        var newLine = random.Next(3) is 0 ? "\r\n" : "\n";
        var names = 0;
        var text = new StringBuilder();
        Members();
        for (var table = random.Next(4); table > 0; table--)
        {
            text.Append(random.Next(4) switch { 0 => $"[[list{names++}]]", 1 => $"  [ mcp_servers . \"name {names++}\" ]", 2 => $"[mcp_servers.name{names++}]", _ => $"[table{names++}.'é']" });
            text.Append(random.Next(2) is 0 ? $" # comment é{newLine}" : newLine);
            Members();
        }

        return random.Next(2) is 0 ? text.ToString() : text.ToString().TrimEnd('\r', '\n');

        void Members()
        {
            for (var member = random.Next(4); member > 0; member--)
            {
                var value = Values[random.Next(Values.Length)].Replace("\n", newLine, StringComparison.Ordinal);
                text.Append($"{(random.Next(3) is 0 ? "\t" : "")}key{names++}{(random.Next(4) is 0 ? ".\"dotted key\"" : "")} = {value}{(random.Next(3) is 0 ? " # why" : "")}{newLine}");
                text.Append(random.Next(4) is 0 ? newLine : "");
            }
        }
    }
}
