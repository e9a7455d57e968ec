namespace GptImage2.Mcp.Results;

/// <summary>A failure in words.</summary>
internal static class FailureText
{
    public static string Format(Failure failure) => failure.Code is FailureCode.InvalidRequest
        ? failure.Message
        : $"{EnumNames.Format(failure.Code)}: {failure.Message}";
}
