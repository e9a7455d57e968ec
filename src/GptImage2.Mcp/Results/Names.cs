using System.Text.Json;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Spending;

namespace GptImage2.Mcp.Results;

/// <summary>Enum members as they are called in JSON and in texts: in snake_case, as their attributes say.</summary>
internal static class Names
{
    public static string Of(JobStatus status) => Snake(status.ToString());

    public static string Of(FailureCode code) => Snake(code.ToString());

    public static string Of(RetryAdvice advice) => Snake(advice.ToString());

    public static string Of(Billing billing) => Snake(billing.ToString());

    public static string Of(CostUnit unit) => Snake(unit.ToString());

    public static IEnumerable<string> All<TEnum>()
        where TEnum : struct, Enum => Enum.GetNames<TEnum>().Select(Snake);

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
