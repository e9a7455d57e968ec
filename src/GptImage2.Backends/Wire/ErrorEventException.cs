namespace GptImage2.Backends.Wire;

/// <summary>A stream of events told of an error instead of a picture.</summary>
internal sealed class ErrorEventException(ErrorBody error) : Exception(error.Code)
{
    public ErrorBody Error { get; } = error;
}
