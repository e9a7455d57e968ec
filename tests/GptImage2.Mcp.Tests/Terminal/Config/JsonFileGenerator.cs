namespace GptImage2.Mcp.Tests.Terminal.Config;

/// <summary>JSON as hands write it: any indentation, comments anywhere, commas that nothing follows, objects on one line or many.</summary>
internal sealed class JsonFileGenerator(Random random, string serversKey)
{
    private readonly string _newLine = random.Next(3) is 0 ? "\r\n" : "\n";
    private readonly string _indent = random.Next(5) switch { 0 => "\t", 1 => "   ", 2 => "    ", 3 => "", _ => "  " };
    private readonly bool _comments = random.Next(2) is 0;
    private readonly StringBuilder _text = new();
    private int _names;

    public string Create()
    {
        Trivia(0);
        Object(0, isRoot: true);
        Trivia(0);
        return _text.ToString();
    }

    private void Object(int depth, bool isRoot = false, bool isServers = false)
    {
        var lines = random.Next(3) is not 0;
        var names = Enumerable.Range(0, random.Next(4)).Select(_ => Name()).ToList();
        if (isRoot && random.Next(4) is not 0)
        {
            names.Insert(random.Next(names.Count + 1), serversKey);
        }

        if (isRoot && random.Next(3) is 0)
        {
            names.Insert(random.Next(names.Count + 1), "inputs");
        }

        Container('{', '}', lines, depth, names.Count, index =>
        {
            // No comment before the colon: System.Text.Json takes none there, and such a file is refused.
            _text.Append($"\"{names[index]}\"{(random.Next(4) is 0 ? " " : "")}:");
            Trivia(depth);
            if (names[index] == serversKey)
            {
                Object(depth + 1, isServers: true);
            }
            else if (names[index] is "inputs")
            {
                Container('[', ']', lines, depth + 1, random.Next(3), _ => Object(depth + 2));
            }
            else
            {
                Value(depth + 1, isServers);
            }
        });
    }

    private void Container(char open, char close, bool lines, int depth, int count, Action<int> write)
    {
        _text.Append(open);
        for (var index = 0; index < count; index++)
        {
            Break(lines, depth + 1);
            Trivia(depth);
            Break(lines, depth + 1);
            write(index);
            Trivia(depth);
            _text.Append(index + 1 < count || random.Next(4) is 0 ? "," : "");
        }

        Trivia(depth);
        Break(lines, depth);
        _text.Append(close);
    }

    private void Value(int depth, bool isObject)
    {
        switch (isObject || depth > 4 ? (isObject ? 0 : 3) : random.Next(6))
        {
            case 0:
                Object(depth);
                break;
            case 1:
                Container('[', ']', random.Next(2) is 0, depth, random.Next(3), _ => Value(depth + 1, isObject: false));
                break;
            case 2:
                _text.Append("\"é // no \\\" comment /* either */, {\"");
                break;
            case 3:
                _text.Append("-1.50e+3");
                break;
            default:
                _text.Append("null");
                break;
        }
    }

    private void Break(bool lines, int depth) => _text.Append(lines ? _newLine + string.Concat(Enumerable.Repeat(_indent, depth)) : random.Next(2) is 0 ? " " : "");

    private void Trivia(int depth) => _text.Append(_comments && random.Next(6) is 0
        ? random.Next(2) is 0 ? $" // {{ \"a\": 1, é{_newLine}{string.Concat(Enumerable.Repeat(_indent, depth))}" : "/* , \" } */"
        : "");

    private string Name() => $"name {_names++}";
}
