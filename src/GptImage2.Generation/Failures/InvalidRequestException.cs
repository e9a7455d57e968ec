namespace GptImage2.Generation.Failures;

/// <summary>The caller asked for something impossible; every reason is listed, not just the first.</summary>
public sealed class InvalidRequestException(IReadOnlyList<Violation> violations) : ImageException(Explain(violations))
{
    public IReadOnlyList<Violation> Violations { get; } = violations;

    private static Failure Explain(IReadOnlyList<Violation> violations) => new()
    {
        Code = FailureCode.InvalidRequest,
        Message = string.Join('\n', violations.Distinct()),
        Retry = RetryAdvice.Changed,
        Argument = violations is [var only] ? only.Argument : null,
        Nearest = violations is [{ Nearest: var nearest }] ? nearest : null,
    };
}
