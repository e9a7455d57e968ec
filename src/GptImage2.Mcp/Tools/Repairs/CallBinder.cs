using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Tools.Arguments;
using GptImage2.Mcp.Tools.Arguments.Reading;
using GptImage2.Mcp.Tools.Base;

namespace GptImage2.Mcp.Tools.Repairs;

/// <summary>From the arguments of a call, as they were written, to a call that can be made, or to everything that is wrong with it.</summary>
internal sealed class CallBinder(ArgumentReader reader)
{
    public BoundArguments Bind(ITool tool, JsonElement schema, CallerSession session, IEnumerable<KeyValuePair<string, JsonElement>>? arguments)
    {
        var read = reader.Read(schema, arguments);
        var shape = ArgumentValidator.Validate(schema, read.Values);
        shape = shape with { Violations = [.. read.Violations, .. shape.Violations.Where(violation => !read.Violations.Any(own => own.Argument == violation.Argument))] };
        var bound = tool.Bind(session, shape);
        return new BoundArguments(bound, Merge(shape, bound), read.Values, shape.Json);
    }

    /// <summary>Every culprit at once: those the schema finds, and those that only show in relation to other arguments.</summary>
    public static Violation[] Merge(ArgumentValidationResult shape, BoundCall bound)
    {
        // Of a value that could be read, what is wrong in relation to others says more than what is wrong by itself.
        var better = bound.Violations.Select(violation => violation.Argument).Where(shape.Bound.Contains).ToHashSet(StringComparer.Ordinal);
        Violation[] own = [.. shape.Violations.Where(violation => !better.Contains(violation.Argument))];
        return [.. own, .. bound.Violations.Where(violation => !own.Any(other => IsPartOf(violation.Argument, other.Argument))).Select(shape.WithOriginalValue)];
    }

    /// <summary>The parts of what could not be read at all need not be reported.</summary>
    private static bool IsPartOf(string argument, string whole) =>
        argument.StartsWith(whole, StringComparison.Ordinal) && (argument.Length == whole.Length || argument[whole.Length] is '.' or '[');
}

/// <summary>A call as it was understood.</summary>
/// <param name="Arguments">As they were read; what could not be read is not among them.</param>
/// <param name="Json">The same in the types that the schema wants, as a JSON object in UTF-8.</param>
internal sealed record BoundArguments(
    BoundCall Call, IReadOnlyList<Violation> Violations, IReadOnlyDictionary<string, JsonElement> Arguments, ReadOnlyMemory<byte> Json);
