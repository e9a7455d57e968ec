using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Prompts.Guides;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Help;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>What can be asked for, at what price, and how: everything there is to read, for models that can call tools only.</summary>
internal sealed class ListPresetsTool(ModelProfile profile, ModelInfoTopics topics, HelpContent knowledge) : ITool
{
    public Tool GetDefinition() => new()
    {
        Name = "list_presets",
        Title = "List presets",
        Description = "Tells sizes, prices, limits, spending; gives guides and worked examples. Free; changes nothing.",
        InputSchema = SchemaBuilder.Object(new JsonObject
        {
            ["topic"] = SchemaBuilder.Text($"{string.Join(", ", ModelInfoTopics.TopicNames)}; {HelpContent.GuidesTopic}, {HelpContent.TemplatesTopic}, or a name that they list. Default {ModelInfoTopics.TopicNames[0]}."),
        }).CloseToElement(),
        OutputSchema = SchemaBuilder.Object(new JsonObject { ["summary"] = SchemaBuilder.Typed("string"), ["topic"] = SchemaBuilder.Typed("string") }, "summary", "topic").ToElement(),
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    public IEnumerable<Violation> Validate(Caller caller, ArgumentValidationResult arguments)
    {
        var topic = ParseTopic(arguments.Values);
        string[] known = [.. ModelInfoTopics.TopicNames, .. knowledge.Topics];
        return known.Contains(topic)
            ? []
            : [new Violation("topic", $"one of {string.Join(", ", known)}", Violation.Quote(topic), EditDistance.FindNearest(topic, known))];
    }

    public async Task<ToolResponse> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var topic = ParseTopic(call.Arguments);
        var (text, json) = knowledge.Find(topic) is { } page ? (page, []) : await topics.GetAsync(topic, cancellationToken);
        json["summary"] = text;
        json["topic"] = topic;
        json["model"] = profile.Model;
        return new ToolResponse { Text = text, Structured = json };
    }

    /// <summary>A guide's address stands for its name.</summary>
    private static string ParseTopic(JsonElement arguments)
    {
        var written = arguments.Deserialize(ToolJsonContext.Default.ListPresetsArguments)!.Topic ?? ModelInfoTopics.TopicNames[0];
        return written.StartsWith(GuideLibrary.Scheme, StringComparison.Ordinal) ? written[GuideLibrary.Scheme.Length..] : written;
    }
}

/// <summary>The arguments of list_presets.</summary>
internal sealed record ListPresetsArguments
{
    public string? Topic { get; init; }
}
