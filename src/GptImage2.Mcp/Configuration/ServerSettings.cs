using GptImage2.Backends;
using GptImage2.Generation.Cast;
using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Matting.Onnx.Presets;
using GptImage2.Mcp.Http.Settings;
using GptImage2.Mcp.Logging;
using GptImage2.Mcp.Prompts.Templates;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Telemetry.Settings;
using GptImage2.Mcp.Terminal.Pictures;
using Microsoft.Extensions.Configuration;

namespace GptImage2.Mcp.Configuration;

/// <summary>Every setting there is, read once, in one place.</summary>
internal sealed record ServerSettings
{
    public required BackendOptions Backends { get; init; }

    public required FallbackOptions Fallback { get; init; }

    public required StorageOptions Storage { get; init; }

    public required LocalRoots Roots { get; init; }

    public required ResultOptions Results { get; init; }

    public required JobOptions Jobs { get; init; }

    public required SpendingOptions Spending { get; init; }

    /// <summary>Where images are kept unless the user chooses another folder.</summary>
    public static string DefaultRoot => Path.Combine(KnownFolders.Pictures, "gpt-image-2");

    /// <summary>Null where no model cuts out of any background.</summary>
    public required OnnxModelOptions? Matting { get; init; }

    public required TemplateOptions Templates { get; init; }

    public required CastOptions Cast { get; init; }

    public required HttpOptions Http { get; init; }

    /// <summary>Kestrel's own settings, such as certificates, as ASP.NET Core documents them.</summary>
    public required IConfiguration Kestrel { get; init; }

    public required LoggingOptions Logging { get; init; }

    public required TelemetryOptions Telemetry { get; init; }

    /// <summary>How the terminal shows pictures that this program was started in. Not a setting: what the terminal says of itself.</summary>
    public PictureProtocol Pictures { get; init; }

    /// <summary>The same for a person in a shell: the folder that they are in is theirs to write to, whichever it is.</summary>
    public ServerSettings TrustingWorkingFolder() => Roots.WorkingFolder is not null ? this : this with
    {
        Roots = Roots with
        {
            WorkingFolder = Environment.CurrentDirectory,
            Readable = [.. Roots.Readable, Environment.CurrentDirectory],
            Writable = [.. Roots.Writable, Environment.CurrentDirectory],
        },
    };

    /// <param name="read">Where values come from, and where problems go.</param>
    /// <param name="clock">Decides which models have been retired.</param>
    public static ServerSettings Read(SettingReader read, TimeProvider clock)
    {
        var storage = ReadStorage(read);
        return new ServerSettings
        {
            Backends = BackendOptionsReader.Read(read, clock),
            Fallback = new FallbackOptions { OnOutputBlock = read.GetChoice("Fallback:OnBlock", "stop", "stop", "next") is "next" },
            Storage = storage,
            Roots = ReadRoots(read),
            Results = new ResultOptions
            {
                MaxBytes = read.GetInteger("Results:MaxBytes", 700_000, 50_000, 100_000_000),
                ResourceLinks = read.GetFlag("Results:ResourceLinks", true),
                Structured = read.GetChoice("Results:Structured", "auto", "auto", "always", "never"),
            },
            Jobs = new JobOptions
            {
                Wait = TimeSpan.FromSeconds(read.GetInteger("Jobs:WaitSeconds", 45, 0, 3600)),
                Concurrency = read.GetInteger("Jobs:Concurrency", 4, 1, 64),
                Drain = TimeSpan.FromSeconds(read.GetInteger("Jobs:DrainSeconds", 30, 0, 3600)),
                AbortOnCancel = read.GetChoice("Jobs:OnCancel", "finish", "finish", "abort") is "abort",
            },
            Spending = new SpendingOptions
            {
                PerCallUsd = read.GetUsd("Spending:PerCallUsd", 2),
                DailyUsd = read.GetUsd("Spending:DailyUsd", 10),
                DailyUsdPerCaller = read.GetUsd("Spending:DailyUsdPerCaller", null),
                ConfirmUsd = read.GetUsd("Spending:ConfirmUsd", null),
                AllowUnpriced = read.GetChoice("Spending:Unpriced", "refuse", "refuse", "allow") is "allow",
            },
            Matting = MattingOptionsReader.Read(read),
            Templates = new TemplateOptions { Folder = ReadTemplateFolder(read) },
            Cast = new CastOptions { Folders = ReadCastFolders(read) },
            Http = HttpOptionsReader.Read(read),
            Kestrel = read.GetSection("Kestrel"),
            Logging = new LoggingOptions
            {
                File = Path.Combine(read.GetFolder("Logging:Path") ?? Path.Combine(storage.CatalogFolder, "logs"), LogFileName(clock)),
                Json = read.GetChoice("Logging:Format", "text", "text", "json") is "json",
            },
            Telemetry = TelemetryOptionsReader.Read(read),
        };
    }

    private static StorageOptions ReadStorage(SettingReader read)
    {
        var root = read.GetFolder("Storage:Root");
        return new StorageOptions
        {
            Root = root ?? DefaultRoot,
            CatalogFolder = root ?? Path.Combine(KnownFolders.ApplicationData, "gptimage2-mcp"),
        };
    }

    private static string? ReadTemplateFolder(SettingReader read) => read.GetFolder("Templates") switch
    {
        { } folder when !Directory.Exists(folder) => read.AddProblem<string?>("Templates", "a folder that exists", folder, null),
        var folder => folder,
    };

    private static IReadOnlyList<string> ReadCastFolders(SettingReader read) => read.GetFolders("Cast") switch
    {
        { } folders when folders.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing => read.AddProblem<IReadOnlyList<string>>("Cast", "folders that exist", missing, []),
        var folders => folders ?? [],
    };

    private static LocalRoots ReadRoots(SettingReader read)
    {
        var working = KnownFolders.TrustedWorkingFolder;
        string[] trusted = working is null ? [] : [working];
        var shared = read.GetFolders("Inputs:Roots");
        return new LocalRoots
        {
            WorkingFolder = working,
            Readable = [.. shared ?? [KnownFolders.Pictures, KnownFolders.Downloads, KnownFolders.Desktop], .. trusted],
            Shared = shared ?? [],
            Writable = [.. read.GetFolders("Outputs:Roots") ?? [], .. trusted],
        };
    }

    private static string LogFileName(TimeProvider clock) => $"{clock.GetUtcNow():yyyy-MM-dd}-{Environment.ProcessId}.log";
}
