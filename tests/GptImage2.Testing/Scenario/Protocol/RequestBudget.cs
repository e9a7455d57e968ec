namespace GptImage2.Testing.Scenario.Protocol;

/// <summary>Counts the requests of the last minute.</summary>
internal sealed class RequestBudget
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> _recent = new();

    public int Refused { get; private set; }

    /// <exception cref="ScenarioRefusalException">One too many.</exception>
    public void Take(int perMinute, DateTimeOffset now)
    {
        lock (_recent)
        {
            while (_recent.TryPeek(out var oldest) && now - oldest > Window)
            {
                _recent.Dequeue();
            }

            if (_recent.Count >= perMinute)
            {
                Refused++;
                throw new ScenarioRefusalException(429, new JsonObject
                {
                    ["reason"] = "Too many requests",
                    ["remainingSeconds"] = Math.Ceiling((_recent.Peek() + Window - now).TotalSeconds),
                });
            }

            _recent.Enqueue(now);
        }
    }
}
