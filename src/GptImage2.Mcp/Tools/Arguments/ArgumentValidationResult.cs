using System.Text.Json;
using GptImage2.Generation.Errors;

namespace GptImage2.Mcp.Tools.Arguments;

/// <summary>Arguments as they will be bound, and what is wrong with them.</summary>
/// <param name="Values">A JSON object; arguments that could not be understood are left out.</param>
internal sealed record ArgumentValidationResult(JsonElement Values, IReadOnlyList<Violation> Violations)
{
    public bool IsInvalid(string argument) => Violations.Any(violation => violation.Argument == argument);

    /// <summary>The same violation with the value as the caller wrote it: a number out of range may have been cut to be read.</summary>
    public Violation WithOriginalValue(Violation violation) =>
        Violations.FirstOrDefault(other => other.Argument == violation.Argument && other.Nearest is not null) is { Received: var written }
            ? violation with { Received = written }
            : violation;
}
