namespace GptImage2.Generation.Failures;

/// <summary>One thing wrong with a request, phrased so that a model can correct it and try again.</summary>
/// <param name="Argument">The argument's name as the caller writes it.</param>
/// <param name="Expected">What would be right.</param>
/// <param name="Received">What came instead, short and as the caller wrote it.</param>
/// <param name="Nearest">The nearest legal value, as it would be written.</param>
public sealed record Violation(string Argument, string Expected, string Received, string? Nearest = null)
{
    public override string ToString() =>
        $"{Argument}: expected {Expected} but received {Received}.{(Nearest is null ? "" : $" Nearest legal: {Nearest}.")}";
}
