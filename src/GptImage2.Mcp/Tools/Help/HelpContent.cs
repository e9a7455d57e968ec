using GptImage2.Mcp.Prompts.Guides;
using GptImage2.Mcp.Prompts.Templates;

namespace GptImage2.Mcp.Tools.Help;

/// <summary>Guides and templates as words, by name: most clients let models call tools only.</summary>
internal sealed class HelpContent(GuideLibrary guides, TemplateLibrary templates)
{
    public const string GuidesTopic = "guides";
    public const string TemplatesTopic = "templates";

    /// <summary>The two lists, then every guide and every template.</summary>
    public IEnumerable<string> Topics => [GuidesTopic, TemplatesTopic, .. guides.All.Select(guide => guide.Name), .. templates.All.Select(template => template.Name)];

    /// <returns>The text, or null when there is no such topic.</returns>
    public string? Find(string topic) => topic switch
    {
        GuidesTopic => FormatList("Guides; list_presets with one as topic returns its text:", guides.All, []),
        TemplatesTopic => FormatList("Worked examples; list_presets with one as topic returns its calls:", templates.All, templates.Problems),
        _ when guides.Find(topic) is { } guide => guides.Render(guide),
        _ when templates.Find(topic) is { } template => FormatTemplate(template),
        _ => null,
    };

    private static string FormatList(string heading, IEnumerable<Template> pages, IReadOnlyList<TemplateProblem> problems)
    {
        var text = new StringBuilder(heading);
        foreach (var page in pages)
        {
            text.Append($"\n{page.Name}: {page.Description}");
        }

        foreach (var problem in problems)
        {
            text.Append($"\nLeft out until it is fixed: {problem}");
        }

        return text.ToString();
    }

    /// <summary>The template with what is still to be given in angle brackets.</summary>
    private static string FormatTemplate(Template template)
    {
        var text = new StringBuilder($"{template.Title}. {template.Description}\n");
        foreach (var argument in template.Arguments)
        {
            text.Append($"\n{(argument.Required ? $"<{argument.Name}>" : argument.Name)}: {argument.Description.TrimEnd('.')}{DescribeDefault(argument)}");
        }

        return text.Append(template.Arguments is [] ? "\n" : "\n\n").Append(template.Render(TemplateBinder.BindPlaceholders(template))).ToString();
    }

    private static string DescribeDefault(TemplateArgument argument) => argument switch
    {
        { Default: { } value } => $"; below: {value}.",
        { Required: false } => " (optional, not below).",
        _ => ".",
    };
}
