using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace GptImage2.Mcp.Templates;

/// <summary>Reads the header of a template's file.</summary>
internal sealed partial class HeaderReader(string file)
{
    private readonly List<TemplateProblem> _problems = [];

    /// <summary>What has to be mended; the template is of use only when this is empty.</summary>
    public IReadOnlyList<TemplateProblem> Problems => _problems;

    public Template Read(YamlMappingNode header, HoleText body)
    {
        Known(header, "name", "title", "description", "arguments");
        var name = Text(header, "name", required: true);
        if (name is not null && name != Path.GetFileNameWithoutExtension(file))
        {
            Complain(header, $"name: expected the file's own, \"{Path.GetFileNameWithoutExtension(file)}\", but received \"{name}\"");
        }
        else if (name is not null && !TemplateName.IsMatch(name))
        {
            Complain(header, $"name: expected lower-case letters, digits and dashes but received \"{name}\"");
        }

        return new Template
        {
            Name = name ?? "",
            Title = Text(header, "title", required: true) ?? "",
            Description = Text(header, "description", required: true) ?? "",
            Arguments = Arguments(header),
            Body = body,
            File = file,
        };
    }

    private List<TemplateArgument> Arguments(YamlMappingNode header)
    {
        var read = new List<TemplateArgument>();
        foreach (var node in Items(header, "arguments"))
        {
            if (node is not YamlMappingNode argument)
            {
                Complain(node, "arguments: expected entries such as \"- name: …\" but received something else");
                continue;
            }

            var one = Argument(argument);
            if (one is { Required: true, Default: not null })
            {
                Complain(argument, $"{one.Name}: expected either required or a default but received both");
            }
            else if (read.Exists(other => other.Name == one.Name))
            {
                Complain(argument, $"{one.Name}: declared twice");
            }

            read.Add(one);
        }

        return read;
    }

    private TemplateArgument Argument(YamlMappingNode argument)
    {
        Known(argument, "name", "description", "required", "default", "values", "list");
        var name = Text(argument, "name", required: true) ?? "";
        if (name is not "" && (!ArgumentName.IsMatch(name) || name is HoleValues.Number))
        {
            Complain(argument, $"an argument's name: expected a-z, 0-9 and _, and not \"{HoleValues.Number}\", but received \"{name}\"");
        }

        var values = Child(argument, "values");
        return new TemplateArgument
        {
            Name = name,
            Description = Text(argument, "description", required: true) ?? "",
            Required = Flag(argument, "required"),
            Default = Text(argument, "default"),
            Values = values is YamlScalarNode { Value: { } kind } ? Kind(values, kind) : null,
            Choices = values is YamlSequenceNode choices ? [.. choices.OfType<YamlScalarNode>().Select(choice => choice.Value ?? "")] : [],
            IsList = Flag(argument, "list"),
        };
    }

    private string? Kind(YamlNode node, string kind)
    {
        if (!TemplateValues.Names.Contains(kind))
        {
            Complain(node, $"values: expected {string.Join(", ", TemplateValues.Names)} or a list of choices but received \"{kind}\"");
        }

        return kind;
    }

    private IReadOnlyList<YamlNode> Items(YamlMappingNode node, string key)
    {
        switch (Child(node, key))
        {
            case null or YamlScalarNode { Value: "" }:
                return [];
            case YamlSequenceNode items:
                return [.. items];
            case var other:
                Complain(other, $"{key}: expected a list but received something else");
                return [];
        }
    }

    private static YamlNode? Child(YamlMappingNode node, string key) => node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private string? Text(YamlMappingNode node, string key, bool required = false)
    {
        var value = Child(node, key);
        var text = (value as YamlScalarNode)?.Value?.Trim();
        if (value is not null and not YamlScalarNode || (required && string.IsNullOrEmpty(text)))
        {
            Complain(value ?? node, $"{key}: expected a text but received {(value is null ? "nothing" : "something else")}");
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    private bool Flag(YamlMappingNode node, string key)
    {
        var text = Text(node, key);
        if (text is not (null or "true" or "false"))
        {
            Complain(node.Children[new YamlScalarNode(key)], $"{key}: expected true or false but received \"{text}\"");
        }

        return text is "true";
    }

    private void Known(YamlMappingNode node, params string[] names)
    {
        foreach (var key in node.Children.Keys.OfType<YamlScalarNode>().Where(key => !names.Contains(key.Value)))
        {
            Complain(key, $"{key.Value}: expected one of {string.Join(", ", names)}");
        }
    }

    private void Complain(YamlNode node, string message) => _problems.Add(new TemplateProblem(file, Math.Max(1, (int)node.Start.Line), message));

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex TemplateName { get; }

    [GeneratedRegex("^[a-z][a-z0-9_]*$")]
    private static partial Regex ArgumentName { get; }
}
