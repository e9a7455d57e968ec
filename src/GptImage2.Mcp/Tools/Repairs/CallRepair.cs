using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools.Repairs;

/// <summary>
/// Makes of a refused call the one that can be made: from all that was right in it, and the nearest of what was wrong. It is held to all rules before
/// it is offered, so that following it succeeds.
/// </summary>
internal sealed class CallRepair(ToolSet tools, CallBinder binder)
{
    /// <summary>One mistake may hide another; more than this in a row is no near miss.</summary>
    private const int MaxRounds = 6;

    /// <returns>The call, or null where none can be made.</returns>
    public async Task<SuggestedCall?> FindAsync(string tool, IReadOnlyDictionary<string, JsonElement> arguments, Failure failure, ToolCall call, CancellationToken cancellationToken)
    {
        var (name, written) = (tool, ToObject(arguments));
        for (var round = 0; round < MaxRounds; round++)
        {
            var before = written.ToJsonString();
            name = failure.Repairs.Select(repair => repair.Tool).OfType<string>().FirstOrDefault() ?? name;
            if (tools.Find(name) is not var (next, definition))
            {
                return null;
            }

            Apply(written, failure.Repairs, definition.InputSchema, dropsUnknown: name != tool);
            if (round > 0 && written.ToJsonString() == before)
            {
                return null;
            }

            if (await FindFailureAsync(next, definition, written, call, cancellationToken) is not { } further)
            {
                return new SuggestedCall(name, written);
            }

            failure = further;
        }

        return null;
    }

    private async Task<Failure?> FindFailureAsync(ITool tool, Tool definition, JsonObject arguments, ToolCall call, CancellationToken cancellationToken)
    {
        var bound = binder.Bind(tool, definition.InputSchema, call.Session, arguments.ToElement().EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)));
        if (bound.Violations is not [])
        {
            return new InvalidRequestException(bound.Violations).Failure;
        }

        try
        {
            await (bound.Call.CheckAsync?.Invoke(call, cancellationToken) ?? Task.CompletedTask);
            return null;
        }
        catch (ImageException refused)
        {
            return refused.Failure;
        }
    }

    private static void Apply(JsonObject arguments, IReadOnlyList<Repair> repairs, JsonElement schema, bool dropsUnknown)
    {
        // What is removed may be written again under the same name, so removals come first; list items from the last to the first, to keep their places.
        foreach (var repair in repairs.Where(repair => repair.Value is null).OrderByDescending(repair => repair.Argument, StringComparer.Ordinal))
        {
            ArgumentPath.Remove(arguments, repair.Argument);
        }

        foreach (var repair in repairs.Where(repair => repair.Value is not null))
        {
            ArgumentPath.Set(arguments, repair.Argument, ArgumentPath.Convert(schema, repair.Argument, repair.Value!));
        }

        var properties = schema.GetProperty("properties");
        foreach (var (name, value) in arguments.ToArray())
        {
            if (value is null || (dropsUnknown && !properties.TryGetProperty(name, out _)))
            {
                arguments.Remove(name);
            }
        }
    }

    private static JsonObject ToObject(IReadOnlyDictionary<string, JsonElement> arguments) =>
        new(arguments.Select(argument => KeyValuePair.Create(argument.Key, argument.Value.ValueKind is JsonValueKind.Null ? null : JsonNode.Parse(argument.Value.GetRawText()))));
}
