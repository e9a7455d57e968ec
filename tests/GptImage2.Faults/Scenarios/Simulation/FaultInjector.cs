using GptImage2.Testing.Images;
using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.OpenAI.Responses;

namespace GptImage2.Faults.Scenarios.Simulation;

/// <summary>Makes the weather of a scenario: what the service answers to the requests of each call.</summary>
internal sealed class FaultInjector(Scenario scenario)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, int> _requests = [];
    private int _drawn;

    /// <summary>No two images of a scenario are the same.</summary>
    public byte[] Draw(ImageOrder order, int index) => PngEncoder.Gradient(order.Size, Interlocked.Increment(ref _drawn), order.Background == "transparent");

    public ScriptedResponse CreateResponse(ImageOrder order)
    {
        var call = scenario.Calls.First(call => order.Prompt.Contains(ClientSimulator.CreatePrompt(call.Number), StringComparison.Ordinal));
        int before;
        lock (_lock)
        {
            before = _requests.GetValueOrDefault(call.Number);
            _requests[call.Number] = before + 1;
        }

        return call.Fault is { Kind: FaultKind.RateLimited, Amount: var storms } && before < storms ? RateLimitResponse(before)
            : before is 0 ? CreateFirstResponse(call.Fault)
            : ScriptedResponse.Images;
    }

    private static ScriptedResponse RateLimitResponse(int before) => ScriptedResponse.RateLimit(before % 2 is 0 ? "1" : "0");

    private static ScriptedResponse CreateFirstResponse(FaultPlan weather) => weather.Kind switch
    {
        FaultKind.Slow => new() { Delay = TimeSpan.FromMilliseconds(weather.Amount) },
        FaultKind.SlowBody => new() { ChunkSize = 700, ChunkPause = TimeSpan.FromMilliseconds(weather.Amount) },
        FaultKind.Disconnect => new() { DropAfter = weather.Byte < 0 ? 1L << 30 : weather.Byte },
        FaultKind.StallUntilTimeout or FaultKind.Stall => new() { StallAfter = weather.Byte < 0 ? 1L << 30 : weather.Byte, StallEnd = new TaskCompletionSource().Task },
        FaultKind.ServerError => ScriptedResponse.Error(500, null, "The server had an error while processing your request.", "server_error"),
        FaultKind.BilledServerError => ScriptedResponse.Error(500, null, "The server had an error while processing your request.", "server_error") with { IsBilled = true },
        _ => ScriptedResponse.Images,
    };
}
