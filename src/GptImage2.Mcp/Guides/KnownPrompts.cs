using GptImage2.Mcp.Completions;
using GptImage2.Mcp.Templates;

namespace GptImage2.Mcp.Guides;

/// <summary>What our prompts and guides take, for those who complete it.</summary>
internal sealed class KnownPrompts(TemplateLibrary templates, GuideLibrary guides) : IPromptValues
{
    public IEnumerable<string> PromptNames => templates.All.Select(template => template.Name);

    public IEnumerable<string> GuideNames => guides.All.Select(guide => guide.Name);

    public string? ValuesOf(string prompt, string argument) => Find(prompt, argument)?.Values is { } values and not TemplateValues.Numbers ? values : null;

    public IReadOnlyList<string>? ChoicesOf(string prompt, string argument) => Find(prompt, argument) is { Choices: { Count: > 0 } choices } ? choices : null;

    public bool IsList(string prompt, string argument) => Find(prompt, argument) is { IsList: true };

    private TemplateArgument? Find(string prompt, string argument) => templates.Find(prompt)?.Arguments.FirstOrDefault(candidate => candidate.Name == argument);
}
