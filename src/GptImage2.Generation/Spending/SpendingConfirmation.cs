using System.Globalization;
using GptImage2.Generation.Errors;

namespace GptImage2.Generation.Spending;

/// <summary>A call that may cost so much that its user wants to be asked first.</summary>
/// <param name="Ceiling">The most it can cost in USD.</param>
/// <param name="Limit">Above what the user wants to be asked, in USD.</param>
public sealed record SpendingConfirmation(decimal Ceiling, decimal Limit)
{
    public string Text => Invariant($"This call may cost up to ${Ceiling:0.00##}. Make it?");

    public Failure Declined => CreateFailure(Invariant($"The user declined a call that may cost up to ${Ceiling:0.00##}. Nothing was sent."));

    public Failure CannotAsk => CreateFailure(Invariant(
        $"This call may cost up to ${Ceiling:0.00##}; above ${Limit:0.00##} the user wants to be asked, and this client cannot ask. Nothing was sent. Ask for fewer pictures, a lower quality or a smaller size; or the user can raise GPTIMAGE2_SPENDING__CONFIRMUSD, or set it to none."));

    private static Failure CreateFailure(string message) => new() { Code = FailureCode.SpendingRefused, Message = message, Retry = RetryAdvice.Changed };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
