using GptImage2.Generation.Rendering;
using GptImage2.Mcp.Prompts.Guides;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;
using GptImage2.Mcp.Tools.Help;

namespace GptImage2.Mcp.Tools;

/// <summary>What can be requested, at what price, and how: everything there is to read, for models that can call tools only.</summary>
internal sealed class ListPresetsTool(BackendRegistry backends, ModelInfoTopics topics, HelpContent help)
    : Tool<ListPresetsArguments>(ToolJsonContext.Default.ListPresetsArguments)
{
    private IEnumerable<string> KnownTopics => [.. ModelInfoTopics.TopicNames, .. help.Topics];

    public override Tool GetDefinition() => new()
    {
        Name = "list_presets",
        Title = "List presets",
        Description = "Gives sizes, prices, limits, spending, guides and worked examples. Free.",
        InputSchema = SchemaBuilder.Object(new JsonObject
        {
            ["topic"] = SchemaBuilder.Text($"{string.Join(", ", ModelInfoTopics.TopicNames)}; {HelpContent.GuidesTopic}, {HelpContent.TemplatesTopic}, or a name that they list. Default {ModelInfoTopics.TopicNames[0]}."),
        }).CloseToElement(),
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    protected override IEnumerable<Violation> Validate(ListPresetsArguments arguments, ArgumentValidationResult shape)
    {
        string[] known = [.. KnownTopics];
        return FindTopic(arguments.TopicName, known) is not null
            ? []
            : [new Violation(
                "topic",
                $"one of {string.Join(", ", ModelInfoTopics.TopicNames)}, {HelpContent.GuidesTopic}, {HelpContent.TemplatesTopic}, or a name that the last two list",
                Violation.Quote(arguments.TopicName),
                EditDistance.FindNear(arguments.TopicName, known) ?? HelpContent.GuidesTopic)];
    }

    protected override AccessRight? FindRequiredRight(ListPresetsArguments arguments) =>
        FindTopic(arguments.TopicName, [.. KnownTopics]) is ModelInfoTopics.SpendingTopic ? AccessRight.ReadSpending : AccessRight.Read;

    protected override async Task<ToolResponse> InvokeAsync(ListPresetsArguments arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var topic = FindTopic(arguments.TopicName, [.. KnownTopics])!;
        var (text, json) = help.Find(topic) is { } page ? (page, []) : await topics.GetAsync(call.Caller, topic, cancellationToken);
        json["summary"] = text;
        json["topic"] = topic;
        json["model"] = backends.Default.Profile.Model;
        return new ToolResponse { Text = text, Structured = json };
    }

    private static string? FindTopic(string written, IReadOnlyList<string> known) => known.Contains(written) ? written : TopicAliases.Find(written, known);
}

/// <summary>The arguments of list_presets.</summary>
internal sealed record ListPresetsArguments(string? Topic)
{
    /// <summary>The topic by its name, which a guide's address stands for.</summary>
    public string TopicName => Topic switch
    {
        null or "" => ModelInfoTopics.TopicNames[0],
        var address when address.StartsWith(GuideLibrary.Scheme, StringComparison.Ordinal) => address[GuideLibrary.Scheme.Length..],
        var name => name,
    };
}
