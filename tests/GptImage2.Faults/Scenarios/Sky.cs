using GptImage2.Testing.OpenAI;
using GptImage2.Testing.Pictures;

namespace GptImage2.Faults.Scenarios;

/// <summary>Makes the weather of a scenario: what the service answers to the requests of each call.</summary>
internal sealed class Sky(Scenario scenario)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, int> _requests = [];
    private int _drawn;

    /// <summary>No two pictures of a scenario are the same.</summary>
    public byte[] Draw(Order order, int index) => Png.Gradient(order.Size, Interlocked.Increment(ref _drawn), order.Background == "transparent");

    public Reply Answer(Order order)
    {
        var call = scenario.Calls.First(call => order.Prompt.Contains(Conversation.Words(call.Number), StringComparison.Ordinal));
        int before;
        lock (_lock)
        {
            before = _requests.GetValueOrDefault(call.Number);
            _requests[call.Number] = before + 1;
        }

        return call.Weather is { Kind: WeatherKind.Storm, Amount: var storms } && before < storms ? Storm(before)
            : before is 0 ? First(call.Weather)
            : Reply.Pictures;
    }

    private static Reply Storm(int before) => Reply.RateLimit(before % 2 is 0 ? "1" : "0");

    private static Reply First(Weather weather) => weather.Kind switch
    {
        WeatherKind.Slow => new() { Delay = TimeSpan.FromMilliseconds(weather.Amount) },
        WeatherKind.Drip => new() { ChunkSize = 700, ChunkPause = TimeSpan.FromMilliseconds(weather.Amount) },
        WeatherKind.Drops => new() { DropAfter = weather.Byte < 0 ? 1L << 30 : weather.Byte },
        WeatherKind.Endless or WeatherKind.Stands => new() { StallAfter = weather.Byte < 0 ? 1L << 30 : weather.Byte, Stall = new TaskCompletionSource().Task },
        WeatherKind.Broken => Reply.Error(500, null, "The server had an error while processing your request.", "server_error"),
        WeatherKind.BrokenButBilled => Reply.Error(500, null, "The server had an error while processing your request.", "server_error") with { Bills = true },
        _ => Reply.Pictures,
    };
}
