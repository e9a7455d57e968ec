using GptImage2.Generation.Inputs;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Prompts.Templates;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Prompts;

/// <summary>Templates as MCP prompts: listed, and filled for a client that hands them to its model.</summary>
internal sealed class TemplatePrompts(TemplateLibrary library, TemplateBinder binder, TemplateValueKinds values, ImageArgumentResolver resolver, ImageContentBuilder content)
{
    /// <summary>Longest edge in pixels of an image that goes with a prompt: enough to see what it shows.</summary>
    private const int ThumbnailEdge = 768;

    public ListPromptsResult List() => new()
    {
        Prompts =
        [
            .. library.All.Select(template => new Prompt
            {
                Name = template.Name,
                Title = template.Title,
                Description = template.Description,
                Arguments = [.. template.Arguments.Select(DescribeArgument)],
            }),
        ],
        TimeToLive = TimeSpan.FromHours(1),
        CacheScope = CacheScope.Private,
    };

    /// <param name="linkable">Whether the client's protocol knows links in prompts.</param>
    /// <returns>The prompt, or null when there is none of that name.</returns>
    /// <exception cref="ImageException">An argument cannot be used; every one is named.</exception>
    public async Task<GetPromptResult?> GetAsync(Caller caller, GetPromptRequestParams request, bool linkable, CancellationToken cancellationToken)
    {
        if (library.Find(request.Name) is not { } template)
        {
            return null;
        }

        var filled = binder.Bind(template, ToTexts(request.Arguments));
        var shown = await LoadImageBlocksAsync(caller, template, filled, linkable, cancellationToken);
        return new GetPromptResult
        {
            Description = template.Description,
            Messages = [.. shown.Append(new TextContentBlock { Text = Render(template, filled) }).Select(block => new PromptMessage { Role = Role.User, Content = block })],
        };
    }

    /// <exception cref="InvalidRequestException">The values make no JSON of a call.</exception>
    private static string Render(Template template, TemplateContext filled)
    {
        try
        {
            return template.Render(filled);
        }
        catch (TemplateCallException invalid)
        {
            throw new ImageException(new Failure { Code = FailureCode.InvalidRequest, Message = new TemplateProblem(Path.GetFileName(template.File), invalid.Line, invalid.Message).ToString() });
        }
    }

    private async Task<List<ContentBlock>> LoadImageBlocksAsync(Caller caller, Template template, TemplateContext filled, bool linkable, CancellationToken cancellationToken)
    {
        var blocks = new List<ContentBlock>();
        foreach (var argument in template.Arguments.Where(argument => argument.Values is TemplateValueKinds.Images))
        {
            foreach (var image in filled.GetValues(argument.Name))
            {
                using var found = await resolver.ResolveAsync(caller, argument.Name, image, cancellationToken);
                blocks.AddRange(found.ReadWith(_ => content.CreateThumbnailContent(found, ThumbnailEdge, linkable)));
            }
        }

        return blocks;
    }

    private PromptArgument DescribeArgument(TemplateArgument argument)
    {
        string?[] meaning =
        [
            argument.Description.TrimEnd('.') + ".",
            argument.Values is TemplateValueKinds.Images ? "An image: id (img_…), path or https address." : null,
            argument.IsList ? "One a line, or separated by semicolons." : null,
            values.GetChoices(argument) is { } choices ? $"One of {string.Join(", ", choices)}." : null,
            argument.Default is { } value ? $"Default: {value}." : null,
        ];
        return new PromptArgument
        {
            Name = argument.Name,
            Description = string.Join(' ', meaning.Where(part => part is not null)),
            Required = argument.Required,
        };
    }

    private static Dictionary<string, string> ToTexts(IDictionary<string, JsonElement>? arguments) => (arguments ?? new Dictionary<string, JsonElement>())
        .Where(argument => argument.Value.ValueKind is not JsonValueKind.Null)
        .ToDictionary(argument => argument.Key, argument => ToText(argument.Value), StringComparer.Ordinal);

    private static string ToText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(ToText)),
        _ => value.GetRawText(),
    };
}
