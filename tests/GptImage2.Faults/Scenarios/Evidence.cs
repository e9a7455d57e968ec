using GptImage2.Testing.OpenAI;

namespace GptImage2.Faults.Scenarios;

/// <summary>What a server must have taken in, as seen from the other end of the line.</summary>
internal sealed class Evidence(Scenario scenario, Books books, Conversation conversation, IEnumerable<Actor> actors)
{
    /// <summary>Bytes that left so long before a process was gone have reached it.</summary>
    private static readonly TimeSpan OnTheWay = TimeSpan.FromMilliseconds(300);

    /// <summary>A picture is read when the one before it has been made safe, which takes a busy disk its time.</summary>
    private static readonly TimeSpan MadeSafe = TimeSpan.FromSeconds(1);

    /// <summary>Time to read the account of tokens and write it down.</summary>
    private static readonly TimeSpan WrittenDown = TimeSpan.FromMilliseconds(1500);

    public static string? ServerOf(BookEntry entry) => entry.Request.Headers.GetValueOrDefault("OpenAI-Project");

    public static bool Belongs(BookEntry entry, int number) => entry.Order.Prompt.Contains(Conversation.Words(number), StringComparison.Ordinal);

    /// <summary>Whether the server had this picture for certain.</summary>
    public bool Has(BookEntry entry, SentPicture picture) => picture.Left + OnTheWay + (MadeSafe * Before(entry, picture)) < Limit(entry);

    /// <summary>Whether the server had some picture of the answer for certain.</summary>
    public bool HasAny(BookEntry entry) => entry.Pictures.Any(picture => Has(entry, picture));

    /// <summary>Whether the server had the whole answer for certain, and time to write down what it cost.</summary>
    public bool HasAll(BookEntry entry) => entry.Refused is null && entry.Whole + WrittenDown < Limit(entry) && Weather(entry).Kind is not WeatherKind.Drops;

    /// <summary>Whether it may have learnt what the answer cost.</summary>
    public static bool MayHaveAll(BookEntry entry) => entry.Refused is null && entry.Pictures is { Count: > 0 } sent && sent.Count == entry.Order.Count && sent.All(picture => picture.Left is not null);

    private static int Before(BookEntry entry, SentPicture picture) => entry.Pictures.Count(other => other.End < picture.End);

    private Weather Weather(BookEntry entry) => scenario.Calls.First(call => Belongs(entry, call.Number)).Weather;

    /// <summary>When the server may have stopped listening to this answer.</summary>
    private DateTimeOffset Limit(BookEntry entry)
    {
        var actor = actors.First(actor => actor.Name == ServerOf(entry));
        var begun = books.Entries.Where(other => ServerOf(other) == actor.Name && other.Order.Prompt == entry.Order.Prompt && other.Arrived <= entry.Arrived && entry.Arrived - other.Arrived < TimeSpan.FromSeconds(5)).Min(other => other.Arrived);
        var cancels = scenario.Terms.Abort ? conversation.All.Where(asked => Belongs(entry, asked.Number)).Select(asked => asked.Cancelled) : [];
        return cancels.Append(actor.Limit).Append(begun + TimeSpan.FromSeconds(scenario.Terms.Timeout)).OfType<DateTimeOffset>().Min();
    }
}
