using System.Text.Encodings.Web;

namespace GptImage2.Generation.Errors;

/// <summary>One thing wrong with a request, phrased so that a model can correct it and try again.</summary>
/// <param name="Argument">The argument's name as the caller writes it.</param>
/// <param name="Received">What came instead, short and as the caller wrote it.</param>
/// <param name="Nearest">The nearest legal value, as it would be written.</param>
public sealed record Violation(string Argument, string Expected, string Received, string? Nearest = null)
{
    private const int MaxLength = 60;

    /// <summary>What makes the call legal; null where the nearest value, or else leaving the argument out, is all there is to do.</summary>
    public IReadOnlyList<Repair>? Repairs { get; init; }

    public override string ToString() =>
        $"{Argument}: expected {Expected} but received {Received}.{(Nearest is null ? "" : $" Nearest legal: {Nearest}.")}";

    /// <summary>Those that are the case.</summary>
    public static IEnumerable<Violation> Collect(params IEnumerable<(bool IsTheCase, Violation Violation)> possible) =>
        possible.Where(entry => entry.IsTheCase).Select(entry => entry.Violation);

    /// <summary>Text as the caller wrote it, in quotes and on one line, so that it cannot pass for words of ours.</summary>
    public static string Quote(string written) =>
        $"\"{JsonEncodedText.Encode(Truncate(written), JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    /// <summary>Enough of what was written to know it again, on one line.</summary>
    public static string Shorten(string written) => Truncate(written.ReplaceLineEndings(" "));

    private static string Truncate(string text)
    {
        const int Kept = MaxLength - 1;
        return text.Length <= MaxLength ? text : $"{text[..(char.IsHighSurrogate(text[Kept - 1]) ? Kept - 1 : Kept)]}…";
    }
}

/// <summary>The caller asked for something impossible; every reason is listed, not just the first.</summary>
/// <param name="images">Why images of the call cannot be read either.</param>
public sealed class InvalidRequestException(IReadOnlyList<Violation> violations, IReadOnlyList<Failure>? images = null) : ImageException(CreateFailure(violations, images ?? []))
{
    /// <summary>More than any honest call has; a longer text would not help.</summary>
    private const int MaxListed = 30;

    public IReadOnlyList<Violation> Violations { get; } = violations;

    private static Failure CreateFailure(IReadOnlyList<Violation> violations, IReadOnlyList<Failure> images) => new()
    {
        Code = FailureCode.InvalidRequest,
        Message = string.Join('\n', [.. FormatViolations([.. violations.Distinct()]), .. images.Select(failure => failure.Message)]),
        Retry = RetryAdvice.Changed,
        Argument = violations is [var only] ? only.Argument : null,
        Nearest = violations is [{ Nearest: var nearest }] ? nearest : null,
        Repairs = [.. violations.SelectMany(violation => violation.Repairs ?? [new Repair(violation.Argument, violation.Nearest) { IsGuess = violation.Nearest is null }]), .. images.SelectMany(failure => failure.Repairs)],
    };

    private static IEnumerable<string> FormatViolations(Violation[] violations) =>
    [
        .. violations.Take(MaxListed).Select(violation => violation.ToString()),
        .. violations.Length > MaxListed ? [$"And {violations.Length - MaxListed} more."] : Array.Empty<string>(),
    ];
}
