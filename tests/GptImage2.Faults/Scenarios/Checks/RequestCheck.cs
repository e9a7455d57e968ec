using GptImage2.Faults.Scenarios.Simulation;
using GptImage2.Testing.OpenAI.Accounting;

namespace GptImage2.Faults.Scenarios.Checks;

/// <summary>No request is sent twice, but after a refusal that cost nothing, or when somebody asked again who knew, or could not be told, how it ended.</summary>
internal sealed class RequestCheck(Scenario scenario, BillingLedger books, ClientSimulator conversation, Observations evidence, ScenarioLog timeline)
{
    /// <summary>How long a finished job waits for a caller that comes back.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(15);

    public void Check()
    {
        foreach (var number in scenario.Calls.Select(call => call.Number).Distinct())
        {
            BillingEntry[] entries = [.. books.Entries.Where(entry => Observations.IsFor(entry, number))];
            foreach (var (before, again) in entries.Zip(entries.Skip(1)))
            {
                if (!IsRepeatAllowed(number, before, again))
                {
                    timeline.AddProblem(FormattableString.Invariant($"call {number} was sent and billed again at {timeline.Format(again.ArrivedAt)}, after the request of {timeline.Format(before.ArrivedAt)}"));
                }
            }
        }
    }

    private bool IsRepeatAllowed(int number, BillingEntry before, BillingEntry again)
    {
        if (before is { ErrorStatus: >= 400 and < 500, BilledMicroUsd: 0 })
        {
            return true;
        }

        RecordedCall[] asked = [.. conversation.All.Where(asked => asked.Number == number && asked.AskedAt < again.ArrivedAt)];
        var lost = !evidence.CertainlyReceivedAny(before) && before.EndedAt < again.ArrivedAt;
        return asked.Any(one => one.Fresh)
            || asked.Any(one => one.RespondedAt is { } told && asked.Any(later => later.AskedAt >= told || (later.Actor != one.Actor && told < again.ArrivedAt)))
            || (lost && asked.Any(later => later.AskedAt > before.ArrivedAt))
            // The answer may have left just before nobody listened any more.
            || asked.Any(one => one.Actor.OutputClosedAt > before.EndedAt)
            || (scenario.ClockJump >= Remembered && asked.Length > 1);
    }
}
