using System.Diagnostics;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using Spectre.Console;

namespace GptImage2.Benchmarks;

/// <summary>Two executables in turn, so that whatever else the machine does, it does to both.</summary>
internal static class ExecutableComparison
{
    private const int Runs = 11;
    private const int WarmUps = 3;
    private const int WarmCalls = 5;
    private static readonly Dimensions FourK = new(3840, 2160);

    /// <summary>Medians, in milliseconds and megabytes; the fourth column is new by old.</summary>
    public static async Task RunAsync(string old, string @new)
    {
        await using var service = await StrictOpenAI.StartAsync();
        var (small, large) = (NoisePng.Create(new Dimensions(1024, 1024), 1), NoisePng.Create(FourK, 1));
        service.DrawImage = (order, _) => order.Size == FourK ? large : small;

        List<Sample> before = [], after = [];
        for (var run = 0; run <= Runs; run++)
        {
            before.Add(await MeasureAsync(old, service));
            after.Add(await MeasureAsync(@new, service));
        }

        Report("start to initialize, ms", sample => sample.Start);
        Report("start to the first image, ms", sample => sample.FirstCall);
        Report("warm call, 1024x1024 noise, ms", sample => sample.WarmCall);
        Report("processor time of a warm call, ms", sample => sample.WarmProcessorTime);
        Report("peak memory after tools/list, MB", sample => sample.Memory);
        var (oldPeak, newPeak) = (await PeakAsync(old, service), await PeakAsync(@new, service));
        Print("peak memory, count 10 at 3840x2160, MB", oldPeak, newPeak);

        // The first run warms the disk's cache and does not count.
        void Report(string what, Func<Sample, double> value) => Print(what, Median(before.Skip(1).Select(value)), Median(after.Skip(1).Select(value)));
    }

    private static async Task<Sample> MeasureAsync(string executable, StrictOpenAI service)
    {
        using var folders = new TestFolders();
        var clock = Stopwatch.StartNew();
        await using var server = ServerProcess.Start(folders, ProcessMeasurements.Environment(service), executable: executable);
        await server.InitializeAsync();
        var start = clock.Elapsed.TotalMilliseconds;
        await server.RequestAsync("tools/list");
        var memory = server.PeakMemory / 1e6;

        clock.Restart();
        await DrawAsync(server, "first");
        var first = start + clock.Elapsed.TotalMilliseconds;
        for (var call = 0; call < WarmUps; call++)
        {
            await DrawAsync(server, $"warm-up {call}");
        }

        var times = new List<double>();
        var processor = server.ProcessorTime;
        for (var call = 0; call < WarmCalls; call++)
        {
            clock.Restart();
            await DrawAsync(server, $"warm {call}");
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return new Sample(start, first, Median(times), (server.ProcessorTime - processor).TotalMilliseconds / WarmCalls, memory);
    }

    private static async Task DrawAsync(ServerProcess server, string prompt)
    {
        if ((await server.CallAsync("generate_image", new JsonObject { ["prompt"] = prompt })) is { IsError: true, Text: var text })
        {
            throw new InvalidOperationException(text);
        }
    }

    private static async Task<double> PeakAsync(string executable, StrictOpenAI service)
    {
        using var folders = new TestFolders();
        await using var server = ServerProcess.Start(folders, ProcessMeasurements.Environment(service), executable: executable);
        await server.InitializeAsync();
        await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "grain", ["preset"] = "wide_4k", ["count"] = 10, ["quality"] = "low" });
        return server.PeakMemory / 1e6;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;

    private static void Print(string what, double old, double @new) =>
        AnsiConsole.Profile.Out.Writer.WriteLine($"{what,-42} {old,8:0.0} {@new,8:0.0} {@new / old,6:0.00}");

    private sealed record Sample(double Start, double FirstCall, double WarmCall, double WarmProcessorTime, double Memory);
}
