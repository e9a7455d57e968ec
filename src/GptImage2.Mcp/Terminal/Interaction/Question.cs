namespace GptImage2.Mcp.Terminal.Interaction;

/// <summary>Asks the person at the terminal for a yes.</summary>
/// <param name="answers">Where their answers come from; null where nobody can be asked.</param>
/// <param name="explanations">Where they read.</param>
internal sealed class Question(TextReader? answers, TextWriter explanations)
{
    public bool CanAsk => answers is not null;

    /// <returns>Whether they said yes; false where nobody can be asked.</returns>
    public async Task<bool> AskAsync(string question, CancellationToken cancellationToken)
    {
        if (answers is null)
        {
            return false;
        }

        await explanations.WriteAsync($"{question} [y/N] ");

        // The console's own asynchronous reading blocks its caller, and knows no token: a signal would wait for the answer.
        return await Task.Run(answers.ReadLine, cancellationToken).WaitAsync(cancellationToken) is { } answer && answer.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
