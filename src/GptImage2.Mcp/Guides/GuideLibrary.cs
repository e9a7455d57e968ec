using GptImage2.Mcp.Templates;

namespace GptImage2.Mcp.Guides;

/// <summary>What an agent can read before it draws. A guide is a template whose holes are filled with facts of the active profile.</summary>
internal sealed class GuideLibrary(GuideFacts facts)
{
    public const string Scheme = "guide://";

    private readonly Lazy<IReadOnlyList<Template>> _guides = new(() => Read(facts));

    public IReadOnlyList<Template> All => _guides.Value;

    public Template? Find(string name) => All.FirstOrDefault(guide => guide.Name == name);

    /// <summary>The guide's text in Markdown.</summary>
    public string Text(Template guide) =>
        $"# {guide.Title}\n\n{guide.Body.Fill(facts.All.Aggregate(HoleValues.None, (filled, fact) => filled.With(fact.Key, fact.Value)))}";

    private static Template[] Read(GuideFacts facts)
    {
        var problems = new List<TemplateProblem>();
        var reader = new TemplateReader(facts.Names);
        Template[] guides = [.. EmbeddedPages.In("guides").Select(page => reader.Read(page.File, page.Text, problems)).OfType<Template>()];
        return problems is [] ? guides : throw new InvalidOperationException(string.Join('\n', problems));
    }
}
