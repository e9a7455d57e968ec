using System.CommandLine;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Configuration;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Terminal.Pictures;
using GptImage2.Mcp.Tools.Base;
using GptImage2.Mcp.Tools.Repairs;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace GptImage2.Mcp.Terminal.Try;

/// <summary>Makes images from the terminal: an agent's call of generate_image, typed by a person.</summary>
internal sealed class TryCommand(ToolSet tools, CallBinder binder, ServerSettings settings, JobScheduler jobs, JobQueries queries, BackendRegistry backends, TryReport report, IAnsiConsole console, TimeProvider clock)
{
    public const string Name = "try";

    private const string Tool = "generate_image";

    /// <summary>In columns: less would break the bar and the clock in two; the words say how long it takes.</summary>
    private const int RoomForAll = 60;

    /// <param name="services">Null when only help is wanted.</param>
    /// <param name="model">Whose values the help names.</param>
    public static Command Create(IServiceProvider? services, ModelProfile model)
    {
        var options = new TryOptions(model);
        var picture = new Option<string>("--picture")
        {
            Description = "How the picture is shown among the text; auto shows it where the terminal says that it can.",
            HelpName = "auto|iterm2|kitty|sixel|off",
            DefaultValueFactory = _ => "auto",
        };
        picture.AcceptOnlyFromAmong("auto", "iterm2", "kitty", "sixel", "off");
        var command = new Command(Name, "Make an image now, show it, and print where it is.") { picture };
        options.AddTo(command);
        command.SetAction((line, cancellationToken) => options.FindUnknownOption(line) is { } unknown
            ? RefuseAsync(unknown)
            : services!.GetRequiredService<TryCommand>().RunAsync(options.Read(line), line.GetRequiredValue(picture), cancellationToken));
        return command;
    }

    private static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync(why);
        return 1;
    }

    private async Task<int> RunAsync(JsonObject arguments, string picture, CancellationToken cancellationToken)
    {
        var (start, begun) = (clock.GetTimestamp(), clock.GetUtcNow());
        var bar = new ProgressBar();
        try
        {
            var response = await WatchAsync(Bind(arguments), begun, bar, cancellationToken);
            if (response.Job is not { } job)
            {
                report.PrintText(TerminalWords.Translate(response.Text, isMade: false));
                return response.IsError ? 1 : 0;
            }

            await jobs.MarkCollectedAsync(job.Id, clock.GetUtcNow());
            report.Print(job, clock.GetElapsedTime(start), FindProtocol(picture));
            return job.Images is [] ? 1 : 0;
        }
        catch (ImageException expected)
        {
            report.PrintText(TerminalWords.Translate(FailureText.Format(expected.Failure), isMade: false));
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(report.DescribeStop(await EndAsync(bar.JobId)));
            return 1;
        }
    }

    /// <summary>Nobody is left to wait: what runs is interrupted, and its end is recorded, so that no later start takes it for a crash, and the same command is a new request.</summary>
    /// <returns>The job as it ended; null where there was none.</returns>
    private async Task<JobSnapshot?> EndAsync(string? id)
    {
        jobs.BeginShutdown();
        await jobs.DrainAsync(TimeSpan.Zero);
        if (id is null || await queries.FindAsync(CallerSession.Local.Caller, id, CancellationToken.None) is not { } job)
        {
            return null;
        }

        await jobs.MarkCollectedAsync(id, clock.GetUtcNow());
        return await job.GetSnapshotAsync(CancellationToken.None);
    }

    /// <exception cref="InvalidRequestException">Something is wrong with the options.</exception>
    private BoundCall Bind(JsonObject arguments)
    {
        var (tool, definition) = tools.Find(Tool)!.Value;
        using var json = JsonDocument.Parse(arguments.ToJsonString());
        var bound = binder.Bind(tool, definition.InputSchema, CallerSession.Local, [.. json.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.Clone()))]);
        return bound.Violations is [] ? bound.Call : throw new InvalidRequestException(bound.Violations);
    }

    /// <summary>A progress bar in a terminal, silence in a script and where a line cannot be taken back.</summary>
    private Task<ToolResponse> WatchAsync(BoundCall call, DateTimeOffset begun, ProgressBar bar, CancellationToken cancellationToken) => console.Profile.Capabilities is { Interactive: true, Ansi: true }
        ? console
            .Progress()
            .AutoClear(true)
            .Columns([new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, .. console.Profile.Width < RoomForAll ? Array.Empty<ProgressColumn>() : [new ProgressBarColumn(), new ElapsedTimeColumn()]])
            .StartAsync(shown =>
            {
                bar.Shown = shown.AddTask(backends.Default.Notice is null ? backends.Default.Profile.Model : backends.Default.Name).IsIndeterminate();
                return WaitAsync(call, begun, bar, cancellationToken);
            })
        : WaitAsync(call, begun, bar, cancellationToken);

    /// <summary>The same call joins its job until that is over.</summary>
    private static async Task<ToolResponse> WaitAsync(BoundCall bound, DateTimeOffset begun, ProgressBar bar, CancellationToken cancellationToken)
    {
        var call = new ToolCall(CallerSession.Local, bar, begun);
        ToolResponse response;
        do
        {
            response = await bound.InvokeAsync(call, cancellationToken);
        }
        while (response.Job is { IsOver: false });

        return response;
    }

    private PictureProtocol FindProtocol(string picture) => picture is not "auto" ? Enum.Parse<PictureProtocol>(picture, ignoreCase: true)
        : console.Profile.Out.IsTerminal ? settings.Pictures
        : PictureProtocol.Off;

    private sealed class ProgressBar : IProgress<JobSnapshot>
    {
        /// <summary>Null where nothing is shown.</summary>
        public ProgressTask? Shown { get; set; }

        /// <summary>Null until there is one.</summary>
        public string? JobId { get; private set; }

        public void Report(JobSnapshot value)
        {
            JobId = value.Id;
            if (Shown is null)
            {
                return;
            }

            Shown.Description = Markup.Escape(ProgressText.Format(value));
            if (value.Progress is { } share)
            {
                Shown.IsIndeterminate(false);
                Shown.Value = share * Shown.MaxValue;
            }
        }
    }
}
