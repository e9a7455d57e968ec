using GptImage2.Generation.Failures;

namespace GptImage2.Mcp.Results;

/// <summary>A failure in words.</summary>
internal static class FailureText
{
    public static string Of(Failure failure) => failure.Code is FailureCode.InvalidRequest
        ? failure.Message
        : $"{Names.Of(failure.Code)}: {failure.Message}";
}
