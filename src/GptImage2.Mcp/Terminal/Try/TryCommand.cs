using System.CommandLine;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
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
internal sealed class TryCommand(ToolSet tools, CallBinder binder, ServerSettings settings, JobScheduler jobs, BackendRegistry backends, TryReport report, IAnsiConsole console, TimeProvider clock)
{
    private const string Tool = "generate_image";

    public static Command Create(IServiceProvider? services)
    {
        var options = new TryOptions();
        var picture = new Option<string>("--picture")
        {
            Description = "How the picture is shown among the text; auto shows it where the terminal says that it can.",
            HelpName = "auto|iterm2|kitty|sixel|off",
            DefaultValueFactory = _ => "auto",
        };
        picture.AcceptOnlyFromAmong("auto", "iterm2", "kitty", "sixel", "off");
        var command = new Command("try", "Make an image now, show it, and print where it is.") { picture };
        options.AddTo(command);
        command.SetAction((line, cancellationToken) => services!.GetRequiredService<TryCommand>().RunAsync(options.Read(line), line.GetRequiredValue(picture), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(JsonObject arguments, string picture, CancellationToken cancellationToken)
    {
        var (start, begun) = (clock.GetTimestamp(), clock.GetUtcNow());
        try
        {
            var response = await WatchAsync(Bind(arguments), begun, cancellationToken);
            if (response.Job is not { } job)
            {
                report.PrintText(response.Text);
                return response.IsError ? 1 : 0;
            }

            await jobs.MarkCollectedAsync(job.Id, clock.GetUtcNow());
            report.Print(job, clock.GetElapsedTime(start), FindProtocol(picture));
            return job.Images is [] ? 1 : 0;
        }
        catch (ImageException expected)
        {
            report.PrintText(FailureText.Format(expected.Failure));
            return 1;
        }
    }

    /// <exception cref="InvalidRequestException">Something is wrong with the options.</exception>
    private BoundCall Bind(JsonObject arguments)
    {
        var (tool, definition) = tools.Find(Tool)!.Value;
        using var json = JsonDocument.Parse(arguments.ToJsonString());
        var bound = binder.Bind(tool, definition.InputSchema, CallerSession.Local, [.. json.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value.Clone()))]);
        return bound.Violations is [] ? bound.Call : throw new InvalidRequestException(bound.Violations);
    }

    /// <summary>A progress bar in a terminal, silence in a script.</summary>
    private Task<ToolResponse> WatchAsync(BoundCall call, DateTimeOffset begun, CancellationToken cancellationToken) => console.Profile.Capabilities.Interactive
        ? console
            .Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(bar => WaitAsync(call, begun, new ProgressBar(bar.AddTask(backends.Default.Notice is null ? backends.Default.Profile.Model : backends.Default.Name).IsIndeterminate()), cancellationToken))
        : WaitAsync(call, begun, new ProgressBar(null), cancellationToken);

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

    private sealed class ProgressBar(ProgressTask? task) : IProgress<JobSnapshot>
    {
        public void Report(JobSnapshot value)
        {
            if (task is null)
            {
                return;
            }

            task.Description = Markup.Escape(ProgressText.Format(value));
            if (value.Progress is { } share)
            {
                task.IsIndeterminate(false);
                task.Value = share * task.MaxValue;
            }
        }
    }
}
