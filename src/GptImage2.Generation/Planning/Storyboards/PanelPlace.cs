using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Planning.Storyboards;

/// <summary>Where the words of a panel stand among the arguments of a call, so that what is wrong with its request is said of what the caller wrote.</summary>
/// <param name="Argument">As in "panels[3]".</param>
internal sealed record PanelPlace(string Argument, Storyboard Board, StoryboardPanel Panel)
{
    private static readonly string[] SizeArguments = ["width", "height", "width and height", "resize_to", "preset"];

    /// <summary>Does some work for the panel, and blames the caller's arguments for what is wrong with its request.</summary>
    /// <exception cref="InvalidRequestException">Something is.</exception>
    public async Task<T> BlameAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (InvalidRequestException invalid)
        {
            throw new InvalidRequestException([.. invalid.Violations.Select(Blame)]);
        }
    }

    private Violation Blame(Violation violation)
    {
        if (SizeArguments.Contains(violation.Argument))
        {
            return violation with { Argument = Panel.Words.Size is null ? "preset" : $"{Argument}.size", Nearest = null, Repairs = [] };
        }

        if (violation.Argument is not "prompt")
        {
            return violation;
        }

        // A name that is not known stands in one of the texts that the prompt is made of.
        var written = violation.Received.Trim('"');
        var (argument, text) = Board.Style?.Contains(written, StringComparison.Ordinal) is true && !Panel.Words.Action.Contains(written, StringComparison.Ordinal)
            ? ("style", Board.Style)
            : ($"{Argument}.action", Panel.Words.Action);
        return violation with
        {
            Argument = argument,
            Repairs = violation.Nearest is ['@', ..] name && text.Contains(written, StringComparison.Ordinal) ? [new Repair(argument, text.Replace(written, name, StringComparison.Ordinal))] : [],
        };
    }
}
