namespace GptImage2.Testing.OpenAI.Requests;

/// <summary>An error as the vendor words it.</summary>
public sealed record ApiError(int Status, string Message, string Type = "invalid_request_error", string? Param = null, string? Code = null)
{
    internal static ApiError InvalidValue(string param, string message) => new(400, message, "image_generation_user_error", param, "invalid_value");

    /// <summary>The body: an object named error with message, type, param and code.</summary>
    public string ToJson() => new JsonObject
    {
        ["error"] = new JsonObject { ["message"] = Message, ["type"] = Type, ["param"] = Param, ["code"] = Code },
    }.ToJsonString();
}

/// <summary>Thrown by the rules of the stand-in when the vendor would refuse.</summary>
public sealed class ApiErrorException(ApiError refusal) : Exception(refusal.Message)
{
    public ApiError Error { get; } = refusal;
}
