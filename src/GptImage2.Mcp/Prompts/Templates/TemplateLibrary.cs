using System.Reflection;

namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>Ours and the user's own templates, read when first asked for. One that has to be mended is left out and told of; the others work.</summary>
internal sealed class TemplateLibrary(TemplateOptions options)
{
    private readonly Lazy<(IReadOnlyList<Template> Templates, IReadOnlyList<TemplateProblem> Problems)> _read = new(() => ReadAll(options));

    /// <summary>By name. A template of the user's stands in for one of ours with the same name.</summary>
    public IReadOnlyList<Template> All => _read.Value.Templates;

    /// <summary>What has to be mended, by file and line.</summary>
    public IReadOnlyList<TemplateProblem> Problems => _read.Value.Problems;

    public Template? Find(string name) => All.FirstOrDefault(template => template.Name == name);

    private static (IReadOnlyList<Template>, IReadOnlyList<TemplateProblem>) ReadAll(TemplateOptions options)
    {
        var problems = new List<TemplateProblem>();
        var reader = new TemplateFileReader([]);
        Template[] ours = [.. EmbeddedMarkdown.ReadAll("prompts").Select(page => reader.Read(page.File, page.Text, problems)).OfType<Template>()];
        Template[] users = [.. MarkdownFolder.ReadAll(options.Folder, problems).Select(page => reader.Read(page.File, page.Text, problems)).OfType<Template>()];
        Template[] all = [.. users, .. ours.Where(template => Array.TrueForAll(users, other => other.Name != template.Name))];
        return ([.. all.OrderBy(template => template.Name, StringComparer.Ordinal)], problems);
    }
}

/// <summary>Bound from <c>GPTIMAGE2_TEMPLATES</c>.</summary>
internal sealed record TemplateOptions
{
    /// <summary>Absolute folder of the user's own templates, or null.</summary>
    public string? Folder { get; init; }
}

/// <summary>Pages that are part of the program.</summary>
internal static class EmbeddedMarkdown
{
    /// <summary>Every page of that folder of the repository, by name.</summary>
    public static IEnumerable<(string File, string Text)> ReadAll(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd());
        }
    }
}
