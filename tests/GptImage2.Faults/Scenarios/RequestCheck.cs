using GptImage2.Testing.OpenAI;

namespace GptImage2.Faults.Scenarios;

/// <summary>No request is sent twice, but after a refusal that cost nothing, or when somebody asked again who knew, or could not be told, how it ended.</summary>
internal sealed class RequestCheck(Scenario scenario, Books books, Conversation conversation, Evidence evidence, Timeline timeline)
{
    /// <summary>How long a finished job waits for a caller that comes back.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    public void Check()
    {
        foreach (var number in scenario.Calls.Select(call => call.Number).Distinct())
        {
            BookEntry[] entries = [.. books.Entries.Where(entry => Evidence.Belongs(entry, number))];
            foreach (var (before, again) in entries.Zip(entries.Skip(1)))
            {
                if (!MayFollow(number, before, again))
                {
                    timeline.Blame(FormattableString.Invariant($"call {number} was sent and billed again at {timeline.At(again.Arrived)}, after the request of {timeline.At(before.Arrived)}"));
                }
            }
        }
    }

    private bool MayFollow(int number, BookEntry before, BookEntry again)
    {
        if (before is { Refused: >= 400 and < 500, Billed: 0 })
        {
            return true;
        }

        Asked[] asked = [.. conversation.All.Where(asked => asked.Number == number && asked.At < again.Arrived)];
        var lost = !evidence.HasAny(before) && before.Over < again.Arrived;
        return asked.Any(one => one.Fresh)
            || asked.Any(one => one.Told is { } told && asked.Any(later => later.At >= told || (later.Actor != one.Actor && told < again.Arrived)))
            || (lost && asked.Any(later => later.At > before.Arrived))
            // The answer may have left just before nobody listened any more.
            || asked.Any(one => one.Actor.DeafSince > before.Over)
            || (scenario.Jump >= Remembered && asked.Length > 1);
    }
}
