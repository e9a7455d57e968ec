using Tomlyn.Syntax;

namespace GptImage2.Mcp.Terminal.Clients.Files;

/// <summary>TOML, as Codex has it. A table of ours goes to the end, where it cannot cut another in two.</summary>
internal sealed class TomlFormat : IConfigFormat
{
    public JsonObject Read(ReadOnlySpan<byte> text) => TomlReader.Read(Encoding.UTF8.GetString(text));

    public IReadOnlyList<FileEdit> Plan(ReadOnlyMemory<byte> bytes, ServerEntry entry)
    {
        var text = Encoding.UTF8.GetString(bytes.Span);
        var document = TomlValues.Parse(text);
        string[] path = [entry.Client.ServersKey, entry.Name];
        TomlMember[] members = [.. TomlValues.List(document)];
        if (members.FirstOrDefault(member => path.StartsWith(member.Path) && member.Value is not InlineTableSyntax) is { } other)
        {
            throw new ConfigFileException($"has something else than a table as {string.Join('.', other.Path)}: {PlaceOf(other)}");
        }

        if (members.FirstOrDefault(member => member.Path is [var only] && only == path[0]) is { } inline && !members.Any(member => member.Path.StartsWith(path)))
        {
            var example = (inline.Value as InlineTableSyntax)?.Items.Select(item => TomlValues.ReadPath(item.KeyValue!.Key!)[0]).FirstOrDefault() ?? entry.Name;
            throw new ConfigFileException($"has {path[0]} as an inline table, which cannot be extended; write it as [{path[0]}.{example}]: {PlaceOf(inline)}");
        }

        TomlMember[] own = [.. members.Where(member => member.Path.StartsWith(path))];
        var edits = own is [] && !document.Tables.Any(table => TomlValues.ReadPath(table.Name!).StartsWith(path))
            ? [FileEdit.Insert(text.Length, WriteTables(text, entry))]
            : PlanUpdate(text, own, entry);
        return [.. edits.Select(edit => new FileEdit(Encoding.UTF8.GetByteCount(text.AsSpan(0, edit.Start)), Encoding.UTF8.GetByteCount(text.AsSpan(edit.Start, edit.Length)), edit.Text))];
    }

    private static string WriteTables(string text, ServerEntry entry)
    {
        var newLine = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        var gap = text is "" ? "" : text.EndsWith('\n') ? newLine : newLine + newLine;
        return gap + TomlText.CreateTables(entry, newLine);
    }

    /// <summary>In letters of the text. What else the user has in the entry, their key among it, stays.</summary>
    private static List<FileEdit> PlanUpdate(string text, TomlMember[] own, ServerEntry entry)
    {
        if (Find("url") is { } address)
        {
            throw ConfigFileException.OtherServer(entry, $"a server at an address (url, {PlaceOf(address)})");
        }

        if (Find("command") is not { } command)
        {
            throw new ConfigFileException($"has {entry.Name} without a command. Delete that entry, or add this one under another name: --name NAME");
        }

        List<FileEdit> edits = [];
        var launch = entry.Launch;
        var args = Find("args");
        var before = args?.Value is ArraySyntax array ? array.Items.ToArray() : [];
        var words = before.Select(ReadText).ToArray();
        var program = (command.Value as StringValueSyntax)?.Value ?? "";
        var users = PresentLaunch.FindUserArguments(program, words) ?? throw ConfigFileException.OtherServer(entry, $"another server ({string.Join(' ', words.Prepend(program))}, {PlaceOf(command)})");
        var leadIn = PresentLaunch.LeadIn(launch, users.Select(index => words[index]));
        string[] wanted = [.. leadIn.Select(TomlText.Quote), .. users.Select(index => text.Substring(before[index].Value!.Span.Offset, before[index].Value!.Span.Length))];
        var isRight = words.SequenceEqual([.. leadIn, .. users.Select(index => words[index])]);
        if (program != launch.Command)
        {
            edits.Add(Replace(command, TomlText.Quote(launch.Command)));
        }

        if (args is null)
        {
            edits.AddRange(wanted is [] ? [] : [InsertAfter(text, command, $"args = {Join(wanted)}")]);
        }
        else if (!isRight)
        {
            edits.Add(Replace(args, Join(wanted)));
        }

        return edits;

        static string Join(IEnumerable<string> items) => $"[{string.Join(", ", items)}]";

        TomlMember? Find(string name) => own.FirstOrDefault(member => member.Path.Length is 3 && member.Path[2] == name);
    }

    private static FileEdit Replace(TomlMember member, string value) => new(member.ValueStart, member.ValueEnd - member.ValueStart, value);

    /// <summary>Behind it in its braces, or on a line of its own that begins like its line.</summary>
    private static FileEdit InsertAfter(string text, TomlMember member, string addition)
    {
        if (member.IsInline)
        {
            return FileEdit.Insert(member.ValueEnd, $", {addition}");
        }

        var lineStart = text.LastIndexOf('\n', member.ValueStart) + 1;
        var lineEnd = text.AsSpan(member.ValueEnd).IndexOfAny('\r', '\n') is var length and >= 0 ? member.ValueEnd + length : text.Length;
        var key = member.Syntax.Key!.ToString().Trim();
        var before = text[lineStart..text.IndexOf(key, lineStart, StringComparison.Ordinal)] + key[..(key.LastIndexOf('.') + 1)];
        return FileEdit.Insert(lineEnd, $"{(text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n")}{before}{addition}");
    }

    private static string? ReadText(ArrayItemSyntax item) => (item.Value as StringValueSyntax)?.Value;

    private static TextPlace PlaceOf(TomlMember member) => new(member.Syntax.Span.Start.Line + 1, member.Syntax.Span.Start.Column + 1);
}

/// <summary>Names that lead to a value.</summary>
internal static class TomlPath
{
    public static bool StartsWith(this string[] path, string[] others) => path.Length >= others.Length && path.AsSpan(0, others.Length).SequenceEqual(others);
}
