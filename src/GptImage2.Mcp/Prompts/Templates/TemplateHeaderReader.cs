using YamlDotNet.RepresentationModel;

namespace GptImage2.Mcp.Prompts.Templates;

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
