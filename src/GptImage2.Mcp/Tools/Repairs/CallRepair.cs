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

    /// <returns>The failure with the call, and with what else was wrong and only showed once the first mistakes were corrected; null where no call can be made.</returns>
    public async Task<Failure?> FindAsync(string tool, IReadOnlyDictionary<string, JsonElement> arguments, Failure failure, ToolCall call, CancellationToken cancellationToken)
    {
        var (name, written, first, further) = (tool, ToObject(arguments), failure, new List<string>());
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

            var bound = Bind(next, definition, written, call);
            if (await FindFailureAsync(bound, call, cancellationToken) is not { } later)
            {
                var corrected = new SuggestedCall(name, JsonNode.Parse(bound.Json.Span)!.AsObject());
                return first with { Call = corrected, Message = string.Join('\n', [first.Message, .. further]) };
            }

            failure = later;
            further.AddRange(first.Repairs.Any(repair => repair.IsGuess) ? [] : failure.Message.Split('\n').Where(line => IsNews(line, arguments, first, further)));
        }

        return null;
    }

    /// <summary>Whether the line blames something that the caller wrote, that was not blamed before, and not what a correction brought.</summary>
    private static bool IsNews(string line, IReadOnlyDictionary<string, JsonElement> arguments, Failure first, List<string> further) =>
        line.Split(':', '.', '[')[0] is var argument && arguments.ContainsKey(argument)
        && !first.Repairs.Any(repair => repair.Argument.StartsWith(argument, StringComparison.Ordinal)) && !further.Contains(line);

    private BoundArguments Bind(ITool tool, Tool definition, JsonObject arguments, ToolCall call) =>
        binder.Bind(tool, definition.InputSchema, call.Session, arguments.ToElement().EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)));

    private static async Task<Failure?> FindFailureAsync(BoundArguments bound, ToolCall call, CancellationToken cancellationToken)
    {
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

    /// <summary>Where an argument could only be left out, the call that is left is first shown: it may cost money for something else than was meant.</summary>
    private static void Apply(JsonObject arguments, IReadOnlyList<Repair> repairs, JsonElement schema, bool dropsUnknown)
    {
        if (repairs.Any(repair => repair.IsGuess) && schema.GetProperty("properties").TryGetProperty("dry_run", out _))
        {
            arguments["dry_run"] = true;
        }

        // What is removed may be written again under the same name, so removals come first; list items from the last to the first, to keep their places.
        foreach (var repair in repairs.Where(repair => repair.Value is null).OrderByDescending(repair => ArgumentPath.ToSortKey(repair.Argument), StringComparer.Ordinal))
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
