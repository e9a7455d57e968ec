using GptImage2.Generation.Requests;
using GptImage2.Generation.Storyboards;
using GptImage2.Mcp.Prompts.Guides;
using GptImage2.Mcp.Prompts.Templates;
using GptImage2.Mcp.Resources;

namespace GptImage2.Mcp.Prompts.Completions;

/// <summary>Answers completion/complete: finds out what the argument takes, and which of those values fit what was typed.</summary>
internal sealed class CompletionHandler(ValueCompletions values, TemplateLibrary templates, GuideLibrary guides)
{
    private const string GuideUriTemplate = "guide://{name}";
    private const string CastUriTemplate = "cast://{name}";

    private static readonly HashSet<string> ImageUriTemplates =
        ImageResources.ListTemplates().ResourceTemplates.Select(template => template.UriTemplate).ToHashSet(StringComparer.Ordinal);

    /// <exception cref="McpProtocolException">There is no such prompt or template. An argument for which there is nothing to suggest is no error.</exception>
    public async Task<CompleteResult> CompleteAsync(Caller caller, CompleteRequestParams request, CancellationToken cancellationToken) => CreateResult(request.Ref switch
    {
        PromptReference prompt => await CompletePromptArgumentAsync(caller, prompt.Name, request.Argument, cancellationToken),
        ResourceTemplateReference { Uri: { } template } => await CompleteResourceTemplateAsync(caller, template, request.Argument, cancellationToken),
        _ => throw CreateUnknownReferenceError("completion/complete: expected a ref with the name of a prompt or the uri of a resource template."),
    });

    private Task<IReadOnlyList<string>> CompletePromptArgumentAsync(Caller caller, string prompt, Argument argument, CancellationToken cancellationToken)
    {
        var template = templates.Find(prompt) ?? throw CreateUnknownReferenceError($"There is no prompt {Violation.Quote(prompt)}. prompts/list shows what there is.");
        var declared = template.Arguments.FirstOrDefault(candidate => candidate.Name == argument.Name);
        return declared is { IsList: true }
            ? CompleteLastItemAsync(argument.Value, typed => CompleteValueAsync(caller, declared, typed, cancellationToken))
            : CompleteValueAsync(caller, declared, argument.Value, cancellationToken);
    }

    private async Task<IReadOnlyList<string>> CompleteValueAsync(Caller caller, TemplateArgument? argument, string typed, CancellationToken cancellationToken) => argument switch
    {
        { Choices: { Count: > 0 } choices } => ValueCompletions.Match(typed, choices),
        { Values: { } kind and not TemplateValueKinds.Numbers } => await values.CompleteAsync(caller, kind, typed, cancellationToken),
        { Values: null } when typed.LastIndexOf('@') is >= 0 and var at && !typed.AsSpan(at).ContainsAny(' ', '\n') =>
            [.. (await values.CompleteCastAsync(caller, typed[(at + 1)..], cancellationToken)).Select(name => $"{typed[..at]}@{name}")],
        _ => [],
    };

    /// <summary>Clients put a suggestion in the place of all that was typed, so the items before the last one are part of it.</summary>
    private static async Task<IReadOnlyList<string>> CompleteLastItemAsync(string typed, Func<string, Task<IReadOnlyList<string>>> complete)
    {
        var last = typed[(typed.LastIndexOfAny([';', '\n']) + 1)..].TrimStart();
        var before = typed[..^last.Length];
        return [.. (await complete(last)).Select(value => before + value)];
    }

    private async Task<IReadOnlyList<string>> CompleteResourceTemplateAsync(Caller caller, string template, Argument argument, CancellationToken cancellationToken) =>
        (template, argument.Name) switch
        {
            (GuideUriTemplate, "name") => ValueCompletions.Match(argument.Value, guides.All.Select(guide => guide.Name)),
            (GuideUriTemplate, _) => [],
            (CastUriTemplate, "name") => await values.CompleteCastAsync(caller, argument.Value, cancellationToken),
            (CastUriTemplate, _) => [],
            (StoryboardResources.UriTemplate, "board") => await values.CompleteBoardsAsync(caller, argument.Value, cancellationToken),
            (StoryboardResources.UriTemplate, "file") => ValueCompletions.Match(argument.Value, ExportNames.All),
            (StoryboardResources.UriTemplate, _) => [],
            _ when !ImageUriTemplates.Contains(template) => throw CreateUnknownReferenceError($"There is no resource template {Violation.Quote(template)}. resources/templates/list shows what there is."),
            (_, "id") => await values.CompleteImageIdsAsync(caller, argument.Value, cancellationToken),
            _ => [],
        };

    private static CompleteResult CreateResult(IReadOnlyList<string> found)
    {
        var more = found.Count > ValueCompletions.MaxValues;
        return new CompleteResult
        {
            Completion = new Completion
            {
                Values = [.. found.Take(ValueCompletions.MaxValues)],
                Total = more ? null : found.Count,
                HasMore = more,
            },
        };
    }

    private static McpProtocolException CreateUnknownReferenceError(string message) => new(message, McpErrorCode.InvalidParams);
}
