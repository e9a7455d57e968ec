namespace GptImage2.Faults.Scenarios.Simulation;

/// <summary>What happened in a scenario, and what should not have.</summary>
internal sealed class ScenarioLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<string> _problems = [];
    private readonly DateTimeOffset _start = TimeProvider.System.GetUtcNow();

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_lock)
            {
                return [.. _problems];
            }
        }
    }

    public void Add(string what)
    {
        lock (_lock)
        {
            _lines.Add($"{Format(Now)} {what}");
        }
    }

    public void AddProblem(string problem)
    {
        lock (_lock)
        {
            _problems.Add(problem);
        }
    }

    /// <summary>In milliseconds since the start.</summary>
    public string Format(DateTimeOffset? moment) => moment is { } at ? string.Create(CultureInfo.InvariantCulture, $"{(at - _start).TotalMilliseconds,6:0}") : "never";

    public override string ToString()
    {
        lock (_lock)
        {
            return string.Join('\n', _lines);
        }
    }
}
