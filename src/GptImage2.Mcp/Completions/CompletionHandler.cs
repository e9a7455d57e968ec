using GptImage2.Generation.Failures;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Resources;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Completions;

/// <summary>Answers completion/complete: finds out what the argument takes, and what of that somebody may mean.</summary>
internal sealed class CompletionHandler(ValueCompletions values, IPromptValues prompts)
{
    private const string Guide = "guide://{name}";

    private static readonly HashSet<string> ImageTemplates =
        ImageResources.Templates().ResourceTemplates.Select(template => template.UriTemplate).ToHashSet(StringComparer.Ordinal);

    /// <exception cref="McpProtocolException">There is no such prompt or template. An argument for which there is nothing to suggest is no error.</exception>
    public async Task<CompleteResult> CompleteAsync(Caller caller, CompleteRequestParams request, CancellationToken cancellationToken) => Answer(request.Ref switch
    {
        PromptReference prompt => await OfPromptAsync(caller, prompt.Name, request.Argument, cancellationToken),
        ResourceTemplateReference { Uri: { } template } => await OfTemplateAsync(caller, template, request.Argument, cancellationToken),
        _ => throw Unknown("completion/complete: expected a ref with the name of a prompt or the uri of a resource template."),
    });

    private Task<IReadOnlyList<string>> OfPromptAsync(Caller caller, string prompt, Argument argument, CancellationToken cancellationToken)
    {
        if (!prompts.PromptNames.Contains(prompt))
        {
            throw Unknown($"There is no prompt {Violation.Quote(prompt)}. prompts/list shows what there is.");
        }

        return prompts.IsList(prompt, argument.Name)
            ? LastOfListAsync(argument.Value, typed => OneAsync(caller, prompt, argument.Name, typed, cancellationToken))
            : OneAsync(caller, prompt, argument.Name, argument.Value, cancellationToken);
    }

    private async Task<IReadOnlyList<string>> OneAsync(Caller caller, string prompt, string argument, string typed, CancellationToken cancellationToken) =>
        prompts.ChoicesOf(prompt, argument) is { } choices ? ValueCompletions.Matching(typed, choices)
        : prompts.ValuesOf(prompt, argument) is { } kind ? await values.CompleteAsync(caller, kind, typed, cancellationToken)
        : [];

    /// <summary>Clients put a suggestion in the place of all that was typed, so the items before the last one are part of it.</summary>
    private static async Task<IReadOnlyList<string>> LastOfListAsync(string typed, Func<string, Task<IReadOnlyList<string>>> complete)
    {
        var last = typed[(typed.LastIndexOfAny([';', '\n']) + 1)..].TrimStart();
        var before = typed[..^last.Length];
        return [.. (await complete(last)).Select(value => before + value)];
    }

    private async Task<IReadOnlyList<string>> OfTemplateAsync(Caller caller, string template, Argument argument, CancellationToken cancellationToken) =>
        (template, argument.Name) switch
        {
            (Guide, "name") => ValueCompletions.Matching(argument.Value, prompts.GuideNames),
            (Guide, _) => [],
            _ when !ImageTemplates.Contains(template) => throw Unknown($"There is no resource template {Violation.Quote(template)}. resources/templates/list shows what there is."),
            (_, "id") => await values.ImageIdsAsync(caller, argument.Value, cancellationToken),
            _ => [],
        };

    private static CompleteResult Answer(IReadOnlyList<string> found)
    {
        var more = found.Count > ValueCompletions.Most;
        return new CompleteResult
        {
            Completion = new Completion
            {
                Values = [.. found.Take(ValueCompletions.Most)],
                Total = more ? null : found.Count,
                HasMore = more,
            },
        };
    }

    private static McpProtocolException Unknown(string message) => new(message, McpErrorCode.InvalidParams);
}

/// <summary>What the arguments of prompts take, as far as completion needs to know.</summary>
internal interface IPromptValues
{
    IEnumerable<string> PromptNames { get; }

    IEnumerable<string> GuideNames { get; }

    /// <returns>The kind of value, as <see cref="ValueCompletions"/> names it, or null where the argument takes any text.</returns>
    string? ValuesOf(string prompt, string argument);

    /// <returns>All that the argument takes, or null where it has no list of its own.</returns>
    IReadOnlyList<string>? ChoicesOf(string prompt, string argument);

    /// <summary>Whether the argument takes several values, one a line or with semicolons between them.</summary>
    bool IsList(string prompt, string argument);
}
