namespace GptImage2.Backends.OpenAI.Protocol;

/// <summary>A stream of events told of an error instead of a picture.</summary>
internal sealed class ApiErrorEventException(ApiErrorBody error) : Exception(error.Code)
{
    public ApiErrorBody Error { get; } = error;
}
