namespace GptImage2.Generation.Failures;

/// <summary>The caller asked for something impossible; every reason is listed, not just the first.</summary>
public sealed class InvalidRequestException(IReadOnlyList<Violation> violations) : ImageException(Explain(violations))
{
    /// <summary>More than a call can have without trying to; a longer text helps nobody.</summary>
    private const int MostTold = 30;

    public IReadOnlyList<Violation> Violations { get; } = violations;

    private static Failure Explain(IReadOnlyList<Violation> violations) => new()
    {
        Code = FailureCode.InvalidRequest,
        Message = string.Join('\n', Tell([.. violations.Distinct()])),
        Retry = RetryAdvice.Changed,
        Argument = violations is [var only] ? only.Argument : null,
        Nearest = violations is [{ Nearest: var nearest }] ? nearest : null,
    };

    private static IEnumerable<string> Tell(Violation[] violations) =>
    [
        .. violations.Take(MostTold).Select(violation => violation.ToString()),
        .. violations.Length > MostTold ? [$"And {violations.Length - MostTold} more."] : Array.Empty<string>(),
    ];
}
