namespace GptImage2.Benchmarks.Load;

/// <summary>How much load, from whom.</summary>
/// <param name="Clients">All together; they are shared out among the principals.</param>
/// <param name="Calls">Of each client, one after the other.</param>
/// <param name="Executable">Absolute path of a published executable, or null for the one that was built with this.</param>
internal sealed record LoadOptions(int Clients = 200, int Calls = 20, string? Executable = null)
{
    /// <summary>Names of the principals.</summary>
    public IReadOnlyList<string> Principals { get; } = ["ada", "ben", "cleo", "dora", "emil"];

    /// <param name="args">Clients, calls, executable; the last may be left out, or all.</param>
    public static LoadOptions Parse(string[] args) => args switch
    {
        [var clients, var calls] => new LoadOptions(int.Parse(clients, CultureInfo.InvariantCulture), int.Parse(calls, CultureInfo.InvariantCulture)),
        [var clients, var calls, var executable, ..] => Parse([clients, calls]) with { Executable = executable },
        _ => new LoadOptions(),
    };
}
