using GptImage2.Backends.OpenAI;
using GptImage2.Backends.Sketch;
using GptImage2.Backends.Wire;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Models;
using GptImage2.Generation.References;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Templates;

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

    public required TemplateOptions Templates { get; init; }

    /// <summary>Null without a key.</summary>
    public required OpenAIOptions? OpenAI { get; init; }

    public required SketchOptions Sketch { get; init; }

    /// <summary>Absolute path of the log file.</summary>
    public required string LogFile { get; init; }

    /// <param name="read">Where values come from, and where problems go.</param>
    /// <param name="clock">Tells which models have been switched off.</param>
    public static StudioSettings Read(SettingReader read, TimeProvider clock)
    {
        var model = ReadModel(read, clock);
        var storage = ReadStorage(read);
        var openAI = ReadOpenAI(read, model);
        return new StudioSettings
        {
            Backend = ReadBackend(read, openAI),
            Storage = storage,
            Roots = ReadRoots(read),
            Results = new ResultOptions
            {
                MaxBytes = read.Integer("Results:MaxBytes", 700_000, 50_000, 100_000_000),
                ResourceLinks = read.Flag("Results:ResourceLinks", true),
                Structured = read.Choice("Results:Structured", "auto", "auto", "always", "never"),
            },
            Jobs = new JobOptions
            {
                Wait = Seconds(read.Integer("Jobs:WaitSeconds", 45, 0, 3600)),
                Concurrency = read.Integer("Jobs:Concurrency", 4, 1, 64),
                Drain = Seconds(read.Integer("Jobs:DrainSeconds", 30, 0, 3600)),
                AbortOnCancel = read.Choice("Jobs:OnCancel", "finish", "finish", "abort") is "abort",
            },
            Spending = new SpendingOptions
            {
                PerCallUsd = read.Usd("Spending:PerCallUsd", 2),
                DailyUsd = read.Usd("Spending:DailyUsd", 10),
                ConfirmUsd = read.Usd("Spending:ConfirmUsd", null),
                AllowUnpriced = read.Choice("Spending:Unpriced", "refuse", "refuse", "allow") is "allow",
            },
            Templates = new TemplateOptions { Folder = ReadTemplates(read) },
            OpenAI = openAI,
            Sketch = new SketchOptions
            {
                Model = model,
                Delay = Seconds(read.Integer("Sketch:DelaySeconds", 0, 0, 3600)),
                Fails = read.Flag("Sketch:Fails", false),
            },
            LogFile = Path.Combine(read.Folder("Logging:Path") ?? Path.Combine(storage.CatalogFolder, "logs"), LogFileName(clock)),
        };
    }

    private static string ReadModel(SettingReader read, TimeProvider clock)
    {
        var model = read.Text("Model") ?? KnownModels.Default;
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        return KnownModels.FindReplacement(model, today) is { } replacement
            ? read.Problem("Model", $"a model that still exists, for example {replacement}", model, KnownModels.Default)
            : model;
    }

    private static string ReadBackend(SettingReader read, OpenAIOptions? openAI) =>
        read.Choice("Backend", "auto", "auto", "openai", "sketch") switch
        {
            "openai" when openAI is null => read.Problem("OpenAI:ApiKey", "a key, because GPTIMAGE2_BACKEND is openai,", "", "sketch"),
            var choice => choice,
        };

    private static OpenAIOptions? ReadOpenAI(SettingReader read, string model)
    {
        var key = read.Text("OpenAI:ApiKey");
        var options = new OpenAIOptions
        {
            ApiKey = new Secret(key ?? ""),
            BaseUrl = read.Url("OpenAI:BaseUrl", "https://api.openai.com/v1"),
            Organization = read.Text("OpenAI:Organization"),
            Project = read.Text("OpenAI:Project"),
            Model = model,
            Stream = read.NullableFlag("OpenAI:Stream"),
            PartialImages = read.Integer("OpenAI:PartialImages", 0, 0, OpenAIOptions.MaxPartialImages),
            Timeout = Seconds(read.Integer("OpenAI:TimeoutSeconds", 600, 1, 3600)),
        };
        return key is null ? null : options;
    }

    private static StorageOptions ReadStorage(SettingReader read)
    {
        var root = read.Folder("Storage:Root");
        return new StorageOptions
        {
            Root = root ?? Path.Combine(KnownFolders.Pictures, "gpt-image-2"),
            CatalogFolder = root ?? Path.Combine(KnownFolders.ApplicationData, "gptimage2-mcp"),
        };
    }

    private static string? ReadTemplates(SettingReader read) => read.Folder("Templates") switch
    {
        { } folder when !Directory.Exists(folder) => read.Problem<string?>("Templates", "a folder that exists", folder, null),
        var folder => folder,
    };

    private static LocalRoots ReadRoots(SettingReader read)
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
