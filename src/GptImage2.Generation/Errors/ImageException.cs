namespace GptImage2.Generation.Errors;

/// <summary>A failure we foresaw and can explain.</summary>
public class ImageException(Failure failure, Exception? inner = null) : Exception(failure.Message, inner)
{
    public Failure Failure { get; } = failure;
}
