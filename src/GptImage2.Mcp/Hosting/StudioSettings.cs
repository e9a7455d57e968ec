using GptImage2.Backends.OpenAI;
using GptImage2.Backends.Sketch;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Models;
using GptImage2.Generation.References;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Hosting;

/// <summary>Every setting there is, read once, in one place.</summary>
internal sealed record StudioSettings
{
    public required string Backend { get; init; }

    public required StorageOptions Storage { get; init; }

    public required LocalRoots Roots { get; init; }

    public required ResultOptions Results { get; init; }

    public required JobOptions Jobs { get; init; }

    public required SpendingOptions Spending { get; init; }

    public required OpenAIOptions OpenAI { get; init; }

    public required SketchOptions Sketch { get; init; }

    /// <summary>Absolute path of the log file.</summary>
    public required string LogFile { get; init; }

    /// <param name="read">Where values come from, and where problems go.</param>
    /// <param name="clock">Tells which models have been switched off.</param>
    public static StudioSettings Read(SettingReader read, TimeProvider clock)
    {
        var model = Model(read, clock);
        var storage = Storage(read);
        return new StudioSettings
        {
            Backend = read.Choice("Backend", "auto", "auto", "openai", "sketch"),
            Storage = storage,
            Roots = Roots(read),
            Results = new ResultOptions
            {
                MaxBytes = read.Integer("Results:MaxBytes", 700_000, 50_000, 100_000_000),
                ResourceLinks = read.Flag("Results:ResourceLinks", true),
                Structured = read.Choice("Results:Structured", "auto", "auto", "always", "never"),
            },
            Jobs = new JobOptions
            {
                Wait = Seconds(read.Integer("Jobs:WaitSeconds", 45, 0, 3600)),
                Drain = Seconds(read.Integer("Jobs:DrainSeconds", 30, 0, 3600)),
            },
            Spending = new SpendingOptions
            {
                PerCallUsd = read.Usd("Spending:PerCallUsd", 2),
                AllowUnpriced = read.Choice("Spending:Unpriced", "refuse", "refuse", "allow") is "allow",
            },
            OpenAI = new OpenAIOptions
            {
                ApiKey = read.Text("OpenAI:ApiKey") is { } key ? new Secret(key) : null,
                BaseUrl = read.Url("OpenAI:BaseUrl", OpenAIOptions.DefaultBaseUrl),
                Organization = read.Text("OpenAI:Organization"),
                Project = read.Text("OpenAI:Project"),
                Model = model,
                Stream = read.NullableFlag("OpenAI:Stream"),
                PartialImages = read.Integer("OpenAI:PartialImages", 0, 0, 3),
                Timeout = Seconds(read.Integer("OpenAI:TimeoutSeconds", 600, 1, 3600)),
            },
            Sketch = new SketchOptions
            {
                Model = model,
                Delay = Seconds(read.Integer("Sketch:DelaySeconds", 0, 0, 3600)),
                Fails = read.Flag("Sketch:Fails", false),
            },
            LogFile = Path.Combine(read.Folder("Logging:Path") ?? Path.Combine(storage.CatalogFolder, "logs"), LogFileName(clock)),
        };
    }

    private static string Model(SettingReader read, TimeProvider clock)
    {
        var model = read.Text("Model") ?? KnownModels.Default;
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return KnownModels.ReplacementOf(model, today) is { } replacement
            ? read.Problem("Model", $"a model that still exists, for example {replacement}", model, KnownModels.Default)
            : model;
    }

    private static StorageOptions Storage(SettingReader read)
    {
        var root = read.Folder("Storage:Root");
        return new StorageOptions
        {
            Root = root ?? Path.Combine(KnownFolders.Pictures, "gpt-image-2"),
            CatalogFolder = root ?? Path.Combine(KnownFolders.ApplicationData, "gptimage2-mcp"),
        };
    }

    private static LocalRoots Roots(SettingReader read)
    {
        var working = KnownFolders.TrustedWorkingFolder;
        return new LocalRoots
        {
            WorkingFolder = working,
            Readable = [.. read.Folders("Inputs:Roots") ?? [KnownFolders.Pictures, KnownFolders.Downloads, KnownFolders.Desktop], .. Present(working)],
            Writable = [.. read.Folders("Outputs:Roots") ?? [], .. Present(working)],
        };
    }

    private static string LogFileName(TimeProvider clock) =>
        FormattableString.Invariant($"{clock.GetUtcNow():yyyy-MM-dd}-{Environment.ProcessId}.log");

    private static IEnumerable<string> Present(string? folder) => folder is null ? [] : [folder];

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
