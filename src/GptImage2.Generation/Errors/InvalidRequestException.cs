namespace GptImage2.Generation.Errors;

/// <summary>The caller asked for something impossible; every reason is listed, not just the first.</summary>
public sealed class InvalidRequestException(IReadOnlyList<Violation> violations) : ImageException(CreateFailure(violations))
{
    /// <summary>More than a call can have without trying to; a longer text helps nobody.</summary>
    private const int MaxListed = 30;

    public IReadOnlyList<Violation> Violations { get; } = violations;

    private static Failure CreateFailure(IReadOnlyList<Violation> violations) => new()
    {
        Code = FailureCode.InvalidRequest,
        Message = string.Join('\n', FormatViolations([.. violations.Distinct()])),
        Retry = RetryAdvice.Changed,
        Argument = violations is [var only] ? only.Argument : null,
        Nearest = violations is [{ Nearest: var nearest }] ? nearest : null,
    };

    private static IEnumerable<string> FormatViolations(Violation[] violations) =>
    [
        .. violations.Take(MaxListed).Select(violation => violation.ToString()),
        .. violations.Length > MaxListed ? [$"And {violations.Length - MaxListed} more."] : Array.Empty<string>(),
    ];
}
