using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>Reads one file: a header between two lines of dashes, then the text.</summary>
/// <param name="facts">Names of variables that need no argument.</param>
internal sealed class TemplateFileReader(IEnumerable<string> facts)
{
    private const string Fence = "---";

    private readonly HashSet<string> _knownVariables = [TemplateContext.ItemVariable, TemplateContext.NumberVariable, .. facts];

    /// <param name="problems">Receives what has to be fixed.</param>
    /// <returns>The template, or null when something has to be fixed first.</returns>
    public Template? Read(string file, string text, List<TemplateProblem> problems)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        var end = lines[0].TrimEnd() is Fence ? Array.FindIndex(lines, 1, line => line.TrimEnd() is Fence) : -1;
        if (end < 0)
        {
            problems.Add(new TemplateProblem(file, 1, "expected a header (name, title, description, arguments) between two lines --- but received none"));
            return null;
        }

        var header = new TemplateHeaderReader(file);
        var parser = new TemplateParser(file, end + 2);
        var body = parser.Parse(string.Join('\n', lines[(end + 1)..]));
        var template = ParseHeader(file, lines[1..end], problems) is { } yaml ? header.Read(yaml, body) : null;
        TemplateProblem[] found = [.. header.Problems, .. parser.Problems, .. template is null ? [] : FindUndeclaredVariables(template)];
        problems.AddRange(found);
        return found is [] ? template : null;
    }

    private static YamlMappingNode? ParseHeader(string file, string[] lines, List<TemplateProblem> problems)
    {
        try
        {
            // A line first, so that YAML counts as the file does.
            var stream = new YamlStream();
            stream.Load(new StringReader("\n" + string.Join('\n', lines)));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return root;
            }

            problems.Add(new TemplateProblem(file, 2, "the header: expected lines such as \"title: …\" but received something else"));
        }
        catch (YamlException invalid)
        {
            problems.Add(new TemplateProblem(file, (int)invalid.Start.Line, $"the header cannot be read: {invalid.Message}"));
        }

        return null;
    }

    private IEnumerable<TemplateProblem> FindUndeclaredVariables(Template template)
    {
        string[] declared = [.. template.Arguments.Select(argument => argument.Name)];
        return
            from variable in template.Body.Variables
            where !declared.Contains(variable.Name) && !_knownVariables.Contains(variable.Name)
            select new TemplateProblem(template.File, variable.Line, $"{{{{{variable.Name}}}}} is not declared; the header declares {(declared is [] ? "no arguments" : string.Join(", ", declared))}");
    }
}

/// <summary>Reads the header of a template's file.</summary>
internal sealed partial class TemplateHeaderReader(string file)
{
    private readonly List<TemplateProblem> _problems = [];

    /// <summary>What has to be fixed; the template is of use only when this is empty.</summary>
    public IReadOnlyList<TemplateProblem> Problems => _problems;

    public Template Read(YamlMappingNode header, CompiledTemplate body)
    {
        RejectUnknownKeys(header, "name", "title", "description", "arguments");
        var name = ReadText(header, "name", required: true);
        if (name is not null && name != Path.GetFileNameWithoutExtension(file))
        {
            AddProblem(header, $"name: expected the file's own, \"{Path.GetFileNameWithoutExtension(file)}\", but received \"{name}\"");
        }
        else if (name is not null && !TemplateName.IsMatch(name))
        {
            AddProblem(header, $"name: expected lower-case letters, digits and dashes but received \"{name}\"");
        }

        return new Template
        {
            Name = name ?? "",
            Title = ReadText(header, "title", required: true) ?? "",
            Description = ReadText(header, "description", required: true) ?? "",
            Arguments = ReadArguments(header),
            Body = body,
            File = file,
        };
    }

    private List<TemplateArgument> ReadArguments(YamlMappingNode header)
    {
        var read = new List<TemplateArgument>();
        var list = FindChild(header, "arguments");
        if (list is not (null or YamlSequenceNode or YamlScalarNode { Value: "" }))
        {
            AddProblem(list, "arguments: expected a list but received something else");
        }

        foreach (var node in list as YamlSequenceNode ?? [])
        {
            if (node is not YamlMappingNode argument)
            {
                AddProblem(node, "arguments: expected entries such as \"- name: …\" but received something else");
                continue;
            }

            var one = ReadArgument(argument);
            if (one is { Required: true, Default: not null })
            {
                AddProblem(argument, $"{one.Name}: expected either required or a default but received both");
            }
            else if (read.Exists(other => other.Name == one.Name))
            {
                AddProblem(argument, $"{one.Name}: declared twice");
            }

            read.Add(one);
        }

        return read;
    }

    private TemplateArgument ReadArgument(YamlMappingNode argument)
    {
        RejectUnknownKeys(argument, "name", "description", "required", "default", "values", "list", "shown");
        var name = ReadText(argument, "name", required: true) ?? "";
        if (name is not "" && (!ArgumentName.IsMatch(name) || name is TemplateContext.NumberVariable))
        {
            AddProblem(argument, $"an argument's name: expected a-z, 0-9 and _, and not \"{TemplateContext.NumberVariable}\", but received \"{name}\"");
        }

        var values = FindChild(argument, "values");
        var kind = (values as YamlScalarNode)?.Value;
        if (values is not null && kind is not null && !TemplateValueKinds.Names.Contains(kind))
        {
            AddProblem(values, $"values: expected {string.Join(", ", TemplateValueKinds.Names)} or a list of choices but received \"{kind}\"");
        }

        return new TemplateArgument
        {
            Name = name,
            Description = ReadText(argument, "description", required: true) ?? "",
            Required = ReadFlag(argument, "required"),
            Default = ReadText(argument, "default"),
            Values = kind,
            Choices = values is YamlSequenceNode choices ? [.. choices.OfType<YamlScalarNode>().Select(choice => choice.Value ?? "")] : [],
            IsList = ReadFlag(argument, "list"),
            Shown = ReadFlag(argument, "shown"),
        };
    }

    private static YamlNode? FindChild(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private string? ReadText(YamlMappingNode node, string key, bool required = false)
    {
        var value = FindChild(node, key);
        var text = (value as YamlScalarNode)?.Value?.Trim();
        if (value is not null and not YamlScalarNode || (required && string.IsNullOrEmpty(text)))
        {
            AddProblem(value ?? node, $"{key}: expected a text but received {(value is null ? "nothing" : "something else")}");
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    private bool ReadFlag(YamlMappingNode node, string key)
    {
        var text = ReadText(node, key);
        if (text is not (null or "true" or "false"))
        {
            AddProblem(node.Children[new YamlScalarNode(key)], $"{key}: expected true or false but received \"{text}\"");
        }

        return text is "true";
    }

    private void RejectUnknownKeys(YamlMappingNode node, params string[] names)
    {
        foreach (var key in node.Children.Keys.OfType<YamlScalarNode>().Where(key => !names.Contains(key.Value)))
        {
            AddProblem(key, $"{key.Value}: expected one of {string.Join(", ", names)}");
        }
    }

    private void AddProblem(YamlNode node, string message) => _problems.Add(new TemplateProblem(file, Math.Max(1, (int)node.Start.Line), message));

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex TemplateName { get; }

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex ArgumentName { get; }
}
