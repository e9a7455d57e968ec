using GptImage2.Faults.Scenarios.Simulation;
using GptImage2.Testing.OpenAI.Accounting;

namespace GptImage2.Faults.Scenarios.Checks;

/// <summary>What a server must have taken in, as seen from the other end of the line.</summary>
internal sealed class Observations(Scenario scenario, BillingLedger books, ClientSimulator conversation, IEnumerable<ServerUnderTest> actors)
{
    /// <summary>Of a server on a machine for which the margins hold; where it starts more slowly, they grow with it.</summary>
    private static readonly TimeSpan TypicalStartup = TimeSpan.FromSeconds(1);

    /// <summary>Bytes that left so long before a process was gone have reached it.</summary>
    private static readonly TimeSpan TransferMargin = TimeSpan.FromMilliseconds(300);

    /// <summary>An image is read when the one before it has been made safe, which takes a busy disk its time.</summary>
    private static readonly TimeSpan FsyncMargin = TimeSpan.FromSeconds(1);

    /// <summary>Time to read the account of tokens and write it down.</summary>
    private static readonly TimeSpan RecordMargin = TimeSpan.FromMilliseconds(1500);

    public static string? GetServerName(BillingEntry entry) => entry.Request.Headers.GetValueOrDefault("OpenAI-Project");

    public static bool IsFor(BillingEntry entry, int number) => entry.Order.Prompt.Contains(ClientSimulator.CreatePrompt(number), StringComparison.Ordinal);

    /// <summary>Whether the server had this image for certain.</summary>
    public bool CertainlyReceived(BillingEntry entry, SentImage image) => image.SentAt + (Slowness * (TransferMargin + (FsyncMargin * CountBefore(entry, image)))) < GetDeadline(entry);

    /// <summary>Whether the server had some image of the answer for certain.</summary>
    public bool CertainlyReceivedAny(BillingEntry entry) => entry.Images.Any(image => CertainlyReceived(entry, image));

    /// <summary>Whether the server had the whole answer for certain, and time to write down what it cost.</summary>
    public bool CertainlyReceivedAll(BillingEntry entry) => entry.ErrorStatus is null && entry.FullySentAt + (Slowness * RecordMargin) < GetDeadline(entry) && FindFault(entry).Kind is not FaultKind.Disconnect;

    /// <summary>Whether it may have learnt what the answer cost.</summary>
    public static bool MayHaveReceivedAll(BillingEntry entry) => entry.ErrorStatus is null && entry.Images is { Count: > 0 } sent && sent.Count == entry.Order.Count && sent.All(image => image.SentAt is not null);

    private double Slowness => Math.Max(1, actors.Max(actor => actor.StartupTime) / TypicalStartup);

    private static int CountBefore(BillingEntry entry, SentImage image) => entry.Images.Count(other => other.EndOffset < image.EndOffset);

    private FaultPlan FindFault(BillingEntry entry) => scenario.Calls.First(call => IsFor(entry, call.Number)).Fault;

    /// <summary>When the server may have stopped listening to this answer.</summary>
    private DateTimeOffset GetDeadline(BillingEntry entry)
    {
        var actor = actors.First(actor => actor.Name == GetServerName(entry));
        var begun = books.Entries.Where(other => GetServerName(other) == actor.Name && other.Order.Prompt == entry.Order.Prompt && other.ArrivedAt <= entry.ArrivedAt && entry.ArrivedAt - other.ArrivedAt < TimeSpan.FromSeconds(5)).Min(other => other.ArrivedAt);
        var cancels = scenario.Settings.Abort ? conversation.All.Where(asked => IsFor(entry, asked.Number)).Select(asked => asked.CancelledAt) : [];
        return cancels.Append(actor.StopsAt).Append(begun + TimeSpan.FromSeconds(scenario.Settings.Timeout)).OfType<DateTimeOffset>().Min();
    }
}
