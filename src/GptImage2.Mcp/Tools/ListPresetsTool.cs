using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Guides;
using GptImage2.Mcp.Results;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Tools;

/// <summary>What can be asked for, at what price, and how: everything there is to read, for models that can call tools only.</summary>
internal sealed class ListPresetsTool(ModelProfile profile, PresetTopics topics, Knowledge knowledge) : ITool
{
    public Tool Define() => new()
    {
        Name = "list_presets",
        Title = "List presets",
        Description = "Tells sizes, prices, limits, spending; gives guides and worked examples. Free; changes nothing.",
        InputSchema = Schema.Object(new JsonObject
        {
            ["topic"] = Schema.Text($"{string.Join(", ", PresetTopics.Names)}; {Knowledge.Guides}, {Knowledge.Templates}, or a name that they list. Default {PresetTopics.Names[0]}."),
        }).Closed(),
        OutputSchema = Schema.Object(new JsonObject { ["summary"] = Schema.Of("string"), ["topic"] = Schema.Of("string") }, "summary", "topic").ToElement(),
        Annotations = new() { ReadOnlyHint = true, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = false },
    };

    public IEnumerable<Violation> Check(Caller caller, CheckedArguments arguments)
    {
        var topic = Topic(arguments.Values);
        string[] known = [.. PresetTopics.Names, .. knowledge.Topics];
        return known.Contains(topic)
            ? []
            : [new Violation("topic", $"one of {string.Join(", ", known)}", Violation.Quote(topic), EditDistance.Nearest(topic, known))];
    }

    public async Task<ToolAnswer> CallAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var topic = Topic(call.Arguments);
        var (text, json) = knowledge.Tell(topic) is { } page ? (page, []) : await topics.TellAsync(topic, cancellationToken);
        json["summary"] = text;
        json["topic"] = topic;
        json["model"] = profile.Model;
        return new ToolAnswer { Text = text, Structured = json };
    }

    /// <summary>A guide's address stands for its name.</summary>
    private static string Topic(JsonElement arguments)
    {
        var written = arguments.Deserialize(ToolJson.Default.TopicArguments)!.Topic ?? PresetTopics.Names[0];
        return written.StartsWith(GuideLibrary.Scheme, StringComparison.Ordinal) ? written[GuideLibrary.Scheme.Length..] : written;
    }
}

/// <summary>The arguments of list_presets.</summary>
internal sealed record TopicArguments
{
    public string? Topic { get; init; }
}
