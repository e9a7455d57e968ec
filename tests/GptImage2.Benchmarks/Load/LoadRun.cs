using System.Diagnostics;
using Spectre.Console;

namespace GptImage2.Benchmarks.Load;

/// <summary>
/// Many clients of several principals at once, on this machine: whether every call succeeds, whether anything mixes, whether
/// everybody gets a fair share, how soon a quick question is answered meanwhile, and whether memory comes back.
/// </summary>
internal static class LoadRun
{
    private const int Makers = 20;
    private const int Questions = 500;

    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    /// <returns>Whether everything held.</returns>
    public static async Task<bool> RunAsync(LoadOptions options)
    {
        await using var server = new LoadedServer(options);
        await WarmUpAsync(server, options);
        var idle = server.Memory;
        Report("memory, idle", $"{idle / 1e6:0} MB");

        List<string> problems = [.. await MakeAsync(server, options), .. await AskAsync(server, options)];
        Report("memory, most", $"{server.PeakMemory / 1e6:0} MB");
        await Task.Delay(Rest, TimeProvider.System);
        var after = server.Memory;
        Report($"memory, {Rest.TotalSeconds:0} s later", $"{after / 1e6:0} MB ({100.0 * after / idle - 100:+0;-0} %)");
        problems.AddRange(after > 1.2 * idle ? ["memory did not come back"] : []);
        problems.AddRange(server.Errors.Split('\n').Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Take(10));

        problems.ForEach(problem => Report("PROBLEM", problem));
        return problems is [];
    }

    /// <summary>Code is compiled and pools are filled as in a server that has been used.</summary>
    private static async Task WarmUpAsync(LoadedServer server, LoadOptions options)
    {
        var clients = await ConnectAsync(server, options.Principals.SelectMany(name => new[] { name, name, name, name }), calls: 2);
        await Task.WhenAll(clients.Select(client => client.RunAsync()));
        await DisposeAsync(clients);
        await Task.Delay(Rest, TimeProvider.System);
    }

    private static async Task<IEnumerable<string>> MakeAsync(LoadedServer server, LoadOptions options)
    {
        var clients = await ConnectAsync(server, Enumerable.Range(0, options.Clients).Select(number => options.Principals[number % options.Principals.Count]), options.Calls);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(clients.Select(client => client.RunAsync()));
        var took = clock.Elapsed;
        var made = clients.SelectMany(client => client.Made).ToArray();
        Report("images", $"{made.Length} of {options.Clients * options.Calls} in {took.TotalSeconds:0} s, {made.Length / took.TotalSeconds:0.0} a second");

        var mean = made.Average(call => call.Took.TotalSeconds);
        var shares = made.GroupBy(call => call.Principal).Select(own => (Name: own.Key, Mean: own.Average(call => call.Took.TotalSeconds))).ToArray();
        Report("mean time of a call", string.Join(", ", shares.Select(share => $"{share.Name} {share.Mean:0.0} s")));
        var problems = clients.SelectMany(client => client.Problems).Take(20)
            .Concat(made.DistinctBy(call => call.Job).Count() == made.Length ? [] : ["two calls got the same job"])
            .Concat(made.DistinctBy(call => call.Image).Count() == made.Length ? [] : ["two calls got the same image"])
            .Concat(shares.Where(share => share.Mean > 2 * mean).Select(share => $"{share.Name} waited {share.Mean / mean:0.0} times as long as all"))
            .ToArray();
        await DisposeAsync(clients);
        return problems;
    }

    /// <summary>Quick questions while images are being made.</summary>
    private static async Task<IEnumerable<string>> AskAsync(LoadedServer server, LoadOptions options)
    {
        var makers = await ConnectAsync(server, Enumerable.Range(0, Makers).Select(number => options.Principals[number % options.Principals.Count]), calls: 10);
        var making = Task.WhenAll(makers.Select(client => client.RunAsync()));
        await using var asker = await server.ConnectAsync(options.Principals[0], modern: true);
        var times = new List<double>();
        while (times.Count < Questions && !making.IsCompleted)
        {
            var clock = Stopwatch.StartNew();
            await asker.CallToolAsync("list_presets", new Dictionary<string, object?>());
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        await making;
        var sorted = times.Order().ToArray();
        var p99 = sorted[(int)(sorted.Length * 0.99)];
        Report("list_presets meanwhile", $"{sorted.Length} calls, median {sorted[sorted.Length / 2]:0.0} ms, 99 % under {p99:0.0} ms, longest {sorted[^1]:0} ms");
        var problems = makers.SelectMany(client => client.Problems).Concat(p99 > 50 ? [$"list_presets took {p99:0} ms"] : []).ToArray();
        await DisposeAsync(makers);
        return problems;
    }

    private static async Task<LoadClient[]> ConnectAsync(LoadedServer server, IEnumerable<string> principals, int calls) =>
        await Task.WhenAll(principals.Select(async (principal, number) => new LoadClient(await server.ConnectAsync(principal, modern: number % 2 is 0), principal, number, calls)));

    private static async Task DisposeAsync(LoadClient[] clients)
    {
        foreach (var client in clients)
        {
            await client.DisposeAsync();
        }
    }

    private static void Report(string what, string measured) => AnsiConsole.Profile.Out.Writer.WriteLine($"{what,-28} {measured}");
}
