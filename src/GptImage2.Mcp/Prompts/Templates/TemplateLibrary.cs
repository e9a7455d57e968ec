namespace GptImage2.Mcp.Prompts.Templates;

/// <summary>The built-in templates and the user's own, read at first use. One with problems is left out and reported; the others work.</summary>
internal sealed class TemplateLibrary(TemplateOptions options)
{
    private readonly Lazy<(IReadOnlyList<Template> Templates, IReadOnlyList<TemplateProblem> Problems)> _read = new(() => ReadAll(options));

    /// <summary>By name. A template of the user's replaces the built-in one of the same name.</summary>
    public IReadOnlyList<Template> All => _read.Value.Templates;

    /// <summary>What has to be fixed, by file and line.</summary>
    public IReadOnlyList<TemplateProblem> Problems => _read.Value.Problems;

    public Template? Find(string name) => All.FirstOrDefault(template => template.Name == name);

    private static (IReadOnlyList<Template>, IReadOnlyList<TemplateProblem>) ReadAll(TemplateOptions options)
    {
        var problems = new List<TemplateProblem>();
        var reader = new TemplateFileReader([]);
        Template[] ours = [.. MarkdownFiles.ReadEmbedded("prompts").Select(page => reader.Read(page.File, page.Text, problems)).OfType<Template>()];
        Template[] users = [.. MarkdownFiles.ReadFolder(options.Folder, problems).Select(page => reader.Read(page.File, page.Text, problems)).OfType<Template>()];
        Template[] all = [.. users, .. ours.Where(template => Array.TrueForAll(users, other => other.Name != template.Name))];
        return ([.. all.OrderBy(template => template.Name, StringComparer.Ordinal)], problems);
    }
}
