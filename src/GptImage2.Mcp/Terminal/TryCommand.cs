using System.CommandLine;
using GptImage2.Generation;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Results;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace GptImage2.Mcp.Terminal;

/// <summary>Makes one image from the terminal, by the same main path as an agent's call.</summary>
internal sealed class TryCommand(ImageWorkflow workflow, JobScheduler jobs, JobOptions options, BackendRegistry backends, IImageStore store, IAnsiConsole console, TimeProvider clock)
{
    public static Command Create(IServiceProvider? services)
    {
        var prompt = new Argument<string>("prompt") { Description = "What the image should show." };
        var preset = new Option<string>("--preset") { Description = "Size by its preset name.", DefaultValueFactory = _ => SizePreset.Square.Name };
        preset.AcceptOnlyFromAmong([.. SizePreset.All.Select(known => known.Name)]);
        var quality = new Option<ImageQuality>("--quality")
        {
            Description = $"Rendering quality; a higher one costs more. Not every model has {ImageQuality.Xhigh.Name} and {ImageQuality.Max.Name}.",
            HelpName = string.Join('|', Enum.GetValues<ImageQuality>().Select(known => known.Name)),
            DefaultValueFactory = _ => ImageQuality.Medium,
        };

        var command = new Command("try", "Make one image now, and print where it is.") { prompt, preset, quality };
        command.SetAction((line, cancellationToken) => services!.GetRequiredService<TryCommand>().RunAsync(
            new GenerateRequest
            {
                Prompt = line.GetRequiredValue(prompt),
                Size = SizePreset.All.First(known => known.Name == line.GetRequiredValue(preset)).Size,
                Quality = line.GetRequiredValue(quality),
            },
            cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(GenerateRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var plan = await workflow.PlanAsync(Caller.Local, "try", request, cancellationToken);
            var (start, begun) = (clock.GetTimestamp(), clock.GetUtcNow());
            var view = await WatchAsync(plan, begun, cancellationToken);
            await jobs.MarkCollectedAsync(view.Id, clock.GetUtcNow());
            PrintResult(view, clock.GetElapsedTime(start));
            return view.Images is [] ? 1 : 0;
        }
        catch (ImageException expected)
        {
            PrintLine(FailureText.Format(expected.Failure));
            return 1;
        }
    }

    /// <summary>A progress bar in a terminal, silence in a script.</summary>
    private Task<JobSnapshot> WatchAsync(JobPlan plan, DateTimeOffset begun, CancellationToken cancellationToken) => console.Profile.Capabilities.Interactive
        ? console
            .Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
            .StartAsync(bar => WaitForJobAsync(plan, begun, new TaskDescriptionProgress(bar.AddTask(backends.Default.Notice is null ? backends.Default.Profile.Model : backends.Default.Name).IsIndeterminate()), cancellationToken))
        : WaitForJobAsync(plan, begun, new TaskDescriptionProgress(null), cancellationToken);

    private async Task<JobSnapshot> WaitForJobAsync(JobPlan plan, DateTimeOffset begun, TaskDescriptionProgress observer, CancellationToken cancellationToken)
    {
        JobSnapshot view;
        do
        {
            view = await workflow.AskAsync(plan, fresh: false, begun, options.Wait, observer, cancellationToken);
        }
        while (!view.IsOver);

        return view;
    }

    private void PrintResult(JobSnapshot view, TimeSpan took)
    {
        string?[] lines =
        [
            view.Summary.Notice,
            .. view.Images.SelectMany(image => DescribeFile(image.Record.Id, image.Record.File)),
            $"cost  {(view.Usd is { } usd ? $"${usd:0.0000}" : view.Outcome?.Credits is { } credits ? $"{credits:0.##} credits" : "unknown")}",
            $"time  {took.TotalSeconds:0.0} s",
            .. view.Warnings.Select(warning => $"note  {warning}"),
            view.Failure is { } failure ? FailureText.Format(failure) : null,
        ];
        foreach (var line in lines.OfType<string>())
        {
            PrintLine(line);
        }
    }

    private string[] DescribeFile(string id, StoredFile file) =>
    [
        $"file  {store.GetAbsolutePath(file) ?? ImageUri.FromId(id)}",
        $"size  {file.Size} {file.Format.ToString().ToLowerInvariant()}, {file.Bytes:N0} bytes",
    ];

    /// <summary>Past Spectre, whose wrapping would break a path in two.</summary>
    private void PrintLine(string line) => console.Profile.Out.Writer.WriteLine(line);

    private sealed class TaskDescriptionProgress(ProgressTask? task) : IProgress<JobSnapshot>
    {
        public void Report(JobSnapshot value)
        {
            if (task is not null)
            {
                task.Description = Markup.Escape(ProgressText.Format(value));
            }
        }
    }
}
