using System.Diagnostics;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;
using GptImage2.Testing.OpenAI;
using Spectre.Console;

namespace GptImage2.Benchmarks;

/// <summary>What can only be seen from outside: how soon a process answers, what it says of its tools, how much memory it takes.</summary>
internal static class ProcessMeasurements
{
    private const int Starts = 21;
    private const int Count = 10;

    public static async Task RunAsync(string? published)
    {
        Report("start to initialize, JIT", $"{await StartAsync(null):0} ms (median of {Starts})");
        if (published is not null)
        {
            Report("start to initialize, published", $"{await StartAsync(published):0} ms (median of {Starts})");
        }

        Report("tools/list", $"{await ToolListAsync():N0} bytes");
        Report("peak memory, count 10 at 3840x2160", $"{await PeakAsync(published) / 1e6:0} MB");
    }

    private static void Report(string what, string measured) => AnsiConsole.Profile.Out.Writer.WriteLine($"{what,-40} {measured}");

    private static async Task<double> StartAsync(string? executable)
    {
        var times = new List<double>();
        using var folders = new TestFolders();
        for (var run = 0; run <= Starts; run++)
        {
            var clock = Stopwatch.StartNew();
            await using var server = ServerProcess.Start(folders, executable: executable);
            await server.InitializeAsync();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        // The first start warms the disk's cache and does not count.
        return times.Skip(1).Order().ElementAt(Starts / 2);
    }

    private static async Task<int> ToolListAsync()
    {
        using var folders = new TestFolders();
        await using var server = ServerProcess.Start(folders);
        await server.InitializeAsync();
        return (await server.RequestAsync("tools/list")).Json.GetProperty("result").GetProperty("tools").GetRawText().Length;
    }

    private static async Task<long> PeakAsync(string? executable)
    {
        await using var service = await StrictOpenAI.StartAsync();
        var image = NoisePng.Create(new Dimensions(3840, 2160), 1);
        service.DrawImage = (_, _) => image;

        using var folders = new TestFolders();
        await using var server = ServerProcess.Start(folders, Environment(service), executable: executable);
        await server.InitializeAsync();
        await server.CallAsync("generate_image", new JsonObject { ["prompt"] = "grain", ["preset"] = "wide_4k", ["count"] = Count, ["quality"] = "low" });
        return server.PeakMemory;
    }

    public static (string Variable, string Value)[] Environment(StrictOpenAI service) =>
    [
        ("OPENAI_API_KEY", service.ApiKey),
        ("OPENAI_BASE_URL", service.BaseUrl.AbsoluteUri),
    ];
}
