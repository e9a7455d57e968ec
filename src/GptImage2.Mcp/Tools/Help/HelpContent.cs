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

    private static string FormatList(string heading, IEnumerable<Template> pages, IReadOnlyList<TemplateProblem> problems) => string.Join('\n',
    [
        heading,
        .. pages.Select(page => $"{page.Name}: {page.Description}"),
        .. problems.Select(problem => $"Left out until it is fixed: {problem}"),
    ]);

    /// <summary>The template with what is still to be given in angle brackets.</summary>
    private static string FormatTemplate(Template template) => string.Join('\n',
    [
        $"{template.Title}. {template.Description}",
        "",
        .. template.Arguments.Select(FormatArgument),
        .. template.Arguments is [] ? Array.Empty<string>() : [""],
        template.Render(TemplateBinder.BindPlaceholders(template)),
    ]);

    private static string FormatArgument(TemplateArgument argument) =>
        $"{(argument.Required || argument.Shown ? FormatPlaceholder(argument) : argument.Name)}: {argument.Description.TrimEnd('.')}{DescribeDefault(argument)}";

    private static string FormatPlaceholder(TemplateArgument argument) =>
        argument.IsList ? $"{argument.GetPlaceholder(1)}, {argument.GetPlaceholder(2)}, …" : argument.GetPlaceholder();

    private static string DescribeDefault(TemplateArgument argument) => argument switch
    {
        { Default: { } value } => $"; below: {value}.",
        { Required: false, Shown: true, Values: TemplateValueKinds.Images } =>
            " (optional: without one leave out its reference; a call that has no other is generate_image).",
        { Required: false, Shown: true } => " (optional: without it leave it out below).",
        { Required: false } => " (optional, not below).",
        _ => ".",
    };
}
