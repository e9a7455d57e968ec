using System.Text.Json;
using GptImage2.Generation.Failures;

namespace GptImage2.Mcp.Tools;

/// <summary>Arguments as they will be bound, and what is wrong with them.</summary>
/// <param name="Values">A JSON object; arguments that could not be understood are left out.</param>
internal sealed record CheckedArguments(JsonElement Values, IReadOnlyList<Violation> Violations)
{
    public bool Blames(string argument) => Violations.Any(violation => violation.Argument == argument);
}
