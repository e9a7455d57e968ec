using System.Text.Json;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Spending;

namespace GptImage2.Mcp.Results;

/// <summary>Enum members as they are called in JSON and in texts: in snake_case, as their attributes say.</summary>
internal static class EnumNames
{
    public static string Format(JobStatus status) => ToSnakeCase(status.ToString());

    public static string Format(FailureCode code) => ToSnakeCase(code.ToString());

    public static string Format(RetryAdvice advice) => ToSnakeCase(advice.ToString());

    public static string Format(Billing billing) => ToSnakeCase(billing.ToString());

    public static string Format(CostUnit unit) => ToSnakeCase(unit.ToString());

    public static IEnumerable<string> All<TEnum>()
        where TEnum : struct, Enum => Enum.GetNames<TEnum>().Select(ToSnakeCase);

    private static string ToSnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
