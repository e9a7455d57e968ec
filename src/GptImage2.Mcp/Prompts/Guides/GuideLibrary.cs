using GptImage2.Mcp.Prompts.Templates;

namespace GptImage2.Mcp.Prompts.Guides;

/// <summary>What an agent can read before its first call. A guide is a template whose variables are filled with facts of the active profile.</summary>
internal sealed class GuideLibrary(GuideFacts facts)
{
    public const string Scheme = "guide://";

    private readonly Lazy<IReadOnlyList<Template>> _guides = new(() => ReadEmbedded(facts));

    public IReadOnlyList<Template> All => _guides.Value;

    public Template? Find(string name) => All.FirstOrDefault(guide => guide.Name == name);

    /// <summary>The guide's text in Markdown.</summary>
    public string Render(Template guide) =>
        $"# {guide.Title}\n\n{guide.Body.Render(facts.All.Aggregate(TemplateContext.Empty, (filled, fact) => filled.With(fact.Key, fact.Value)))}";

    private static Template[] ReadEmbedded(GuideFacts facts)
    {
        var problems = new List<TemplateProblem>();
        var reader = new TemplateFileReader(facts.Names);
        Template[] guides = [.. MarkdownFiles.ReadEmbedded("guides").Select(page => reader.Read(page.File, page.Text, problems)).OfType<Template>()];
        return problems is [] ? guides : throw new InvalidOperationException(string.Join('\n', problems));
    }
}
