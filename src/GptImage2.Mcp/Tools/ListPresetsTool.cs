using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Models;
using GptImage2.Mcp.Results;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>What can be asked for, at what price.</summary>
internal sealed class ListPresetsTool(ModelProfile profile, PresetTopics topics) : ITool
{
    public Tool Define() => new()
    {
        Name = "list_presets",
        Title = "List presets",
        Description = "Tells sizes, qualities with prices, models, limits and roles. Free; changes nothing.",
        InputSchema = Schema.Object(new JsonObject { ["topic"] = Schema.OneOf("Default sizes.", PresetTopics.Names) }).Closed(),
        OutputSchema = Schema.Object(new JsonObject { ["summary"] = Schema.Of("string"), ["topic"] = Schema.Of("string") }, "summary", "topic").ToElement(),
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    public Task<ToolAnswer> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var topic = call.Arguments.Deserialize(ToolJson.Default.TopicArguments)!.Topic ?? PresetTopics.Names[0];
        var (text, json) = topics.Tell(topic);
        json["summary"] = text;
        json["topic"] = topic;
        json["model"] = profile.Model;
        return Task.FromResult(new ToolAnswer { Text = text, Structured = json });
    }
}

/// <summary>The arguments of list_presets.</summary>
internal sealed record TopicArguments
{
    public string? Topic { get; init; }
}
