using GptImage2.Mcp.Prompts.Guides;
using GptImage2.Mcp.Prompts.Templates;

namespace GptImage2.Mcp.Prompts.Completions;

/// <summary>What our prompts and guides take, for those who complete it.</summary>
internal sealed class PromptMetadata(TemplateLibrary templates, GuideLibrary guides) : IPromptMetadata
{
    public IEnumerable<string> PromptNames => templates.All.Select(template => template.Name);

    public IEnumerable<string> GuideNames => guides.All.Select(guide => guide.Name);

    public string? GetValueKind(string prompt, string argument) => FindArgument(prompt, argument)?.Values is { } values and not TemplateValueKinds.Numbers ? values : null;

    public IReadOnlyList<string>? GetChoices(string prompt, string argument) => FindArgument(prompt, argument) is { Choices: { Count: > 0 } choices } ? choices : null;

    public bool IsList(string prompt, string argument) => FindArgument(prompt, argument) is { IsList: true };

    private TemplateArgument? FindArgument(string prompt, string argument) => templates.Find(prompt)?.Arguments.FirstOrDefault(candidate => candidate.Name == argument);
}
