using System.Diagnostics;
using GptImage2.Generation.Storage;
using GptImage2.Imaging;
using GptImage2.Testing.Images;
using GptImage2.Testing.Mcp;
using Spectre.Console;

namespace GptImage2.Benchmarks;

/// <summary>How soon a server answers that opens a large store for the first time, with its sweep beside the answer.</summary>
internal static class StoreMeasurements
{
    private const int Images = 100_000;
    private const int Days = 400;
    private const int Starts = 11;

    public static async Task RunAsync(string? published)
    {
        using var folders = new TestFolders();
        Fill(folders.Store);
        Report("first use, catalog made anew", await FirstUseAsync(folders, published));
        List<double> times = [];
        for (var start = 0; start < Starts; start++)
        {
            times.Add(await FirstUseAsync(folders, published));
        }

        Report($"first use, median of {Starts}", times.Order().ElementAt(Starts / 2));
        Report($"first use, slowest of {Starts}", times.Max());
    }

    private static void Report(string what, double milliseconds) =>
        AnsiConsole.Profile.Out.Writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-40} {milliseconds:0} ms"));

    /// <summary>From the question to the answer, in milliseconds; the process has started and greeted before.</summary>
    private static async Task<double> FirstUseAsync(TestFolders folders, string? executable)
    {
        await using var server = ServerProcess.Start(folders, executable: executable);
        await server.InitializeAsync();
        var clock = Stopwatch.StartNew();
        var reply = await AnswerAsync(server, await server.SendCallAsync("list_images", []));
        var taken = clock.Elapsed.TotalMilliseconds;
        return reply.IsError ? throw new InvalidOperationException(reply.Text) : taken;
    }

    /// <summary>However long it takes.</summary>
    private static async Task<ToolReply> AnswerAsync(ServerProcess server, int call)
    {
        while (true)
        {
            try
            {
                return ToolReply.Parse(await server.ReadResponseAsync(call));
            }
            catch (OperationCanceledException)
            {
                await Console.Error.WriteLineAsync("No answer yet.");
            }
        }
    }

    /// <summary>Images with their records in folders of days, as the store leaves them.</summary>
    private static void Fill(string root)
    {
        var picture = PngEncoder.Gradient(new Dimensions(16, 16), 1);
        for (var number = 0; number < Images; number++)
        {
            var day = DateTimeOffset.UnixEpoch.AddDays(number % Days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Directory.CreateDirectory(Path.Combine(root, day));
            var record = Record(day, number, picture.Length);
            File.WriteAllBytes(Path.Combine(root, record.File.Path), picture);
            File.WriteAllText(Path.ChangeExtension(Path.Combine(root, record.File.Path), "json"), record.ToJson());
        }
    }

    private static ImageRecord Record(string day, int number, int length)
    {
        var job = IdGenerator.CreateJobId();
        var id = IdGenerator.CreateImageId(job, 1, finished: false);
        return new ImageRecord
        {
            Id = id,
            Owner = "local",
            JobId = job,
            Number = 1,
            Created = DateTimeOffset.UnixEpoch.AddMinutes(number),
            Delivered = true,
            File = new StoredFile(string.Create(CultureInfo.InvariantCulture, $"{day}/{number % 86_400:000000}-a-fox-{id["img_".Length..]}.png"), ImageFormat.Png, new Dimensions(16, 16), false, length, new string('0', 64)),
            Prompt = string.Create(CultureInfo.InvariantCulture, $"a fox in the snow, number {number}"),
            Tool = "generate_image",
            Backend = "openai",
            Model = "gpt-image-2",
            Quality = "medium",
        };
    }
}
