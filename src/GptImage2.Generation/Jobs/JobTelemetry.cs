using System.Diagnostics;
using GptImage2.Generation.Telemetry;

namespace GptImage2.Generation.Jobs;

/// <summary>
/// Follows one job by its snapshots: a span for the job and one for each of its stages, and the same as metrics. The span
/// is a child of the call that started the job, and outlives it; calls that join are linked to it.
/// </summary>
internal sealed class JobTelemetry : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Activity? _span;
    private readonly DateTimeOffset _started;
    private string? _stage = "prepare";
    private Activity? _stageSpan;
    private DateTimeOffset _entered;
    private bool _isQueued;
    private bool _hasLeftQueue;

    public JobTelemetry(JobSnapshot job)
    {
        _started = _entered = job.Started;
        _span = GenerationTelemetry.StartSpan($"job {job.Summary.Tool}")
            ?.SetTag("gptimage2.job.id", job.Id)
            .SetTag("gen_ai.tool.name", job.Summary.Tool)
            .SetTag("gen_ai.provider.name", job.Summary.Backend)
            .SetTag("gen_ai.request.model", job.Summary.Model);
        _stageSpan = GenerationTelemetry.StartAside("prepare", _span);
    }

    /// <summary>The job's place in its trace; null unless somebody listens.</summary>
    public ActivityContext? Context => _span?.Context;

    /// <summary>Says in the current call's span which job it joined.</summary>
    public static void LinkCall(Job? joined)
    {
        if (joined?.Trace is { } context)
        {
            Activity.Current?.AddLink(new ActivityLink(context)).SetTag("gptimage2.job.id", joined.Id);
        }
    }

    public void Observe(JobSnapshot job)
    {
        lock (_gate)
        {
            if (GetStage(job) is var stage && stage != _stage)
            {
                EndStage(job);
                (_stage, _entered) = (stage, job.Changed);
                _stageSpan = stage is null ? null : GenerationTelemetry.StartAside(stage, _span);
                CountQueue(job, stage is "queue");
            }

            if (job.IsOver)
            {
                End(job);
            }
        }
    }

    /// <summary>Ends the span. A job that nobody saw the end of is no metric.</summary>
    public void Dispose()
    {
        GenerationTelemetry.EndAside(_stageSpan);
        _span?.Dispose();
    }

    /// <summary>Preparing ends with the queue, whose position says so, or with the first step at the backend.</summary>
    private static string? GetStage(JobSnapshot job) => job.Stage switch
    {
        JobStage.Queued => job.QueuePosition is null ? "prepare" : "queue",
        JobStage.Sending => "send",
        JobStage.Drawing => "draw",
        JobStage.Receiving => "receive",
        JobStage.Finishing => "finish",
        _ => null,
    };

    private void EndStage(JobSnapshot job)
    {
        if (_stage is { } ended)
        {
            RecordStage(job, ended, job.Changed - _entered);
            GenerationTelemetry.EndAside(_stageSpan);
        }
    }

    /// <summary>A job that did not have to wait counts with a wait of nothing, or the others' waits would say nothing.</summary>
    private void CountQueue(JobSnapshot job, bool isQueued)
    {
        if (isQueued != _isQueued)
        {
            GenerationTelemetry.QueueLength.Add(isQueued ? 1 : -1, [new("gen_ai.provider.name", job.Summary.Backend)]);
        }
        else if (!_hasLeftQueue && !job.IsOver)
        {
            RecordStage(job, "queue", TimeSpan.Zero);
        }

        (_isQueued, _hasLeftQueue) = (isQueued, true);
    }

    private static void RecordStage(JobSnapshot job, string stage, TimeSpan took) => GenerationTelemetry.StageDuration.Record(
        took.TotalSeconds,
        [new("gptimage2.job.stage", stage), new("gen_ai.provider.name", job.Summary.Backend), new("gen_ai.request.model", job.Summary.Model)]);

    private void End(JobSnapshot job)
    {
        var status = JsonNamingPolicy.SnakeCaseLower.ConvertName(job.Status.ToString());
        var tags = new TagList
        {
            { "gen_ai.tool.name", job.Summary.Tool },
            { "gen_ai.provider.name", job.Summary.Backend },
            { "gen_ai.request.model", job.Summary.Model },
        };
        GenerationTelemetry.Images.Add(job.Images.Count, tags);
        GenerationTelemetry.Cost.Add((double)(job.Usd ?? 0), tags);
        tags.Add("gptimage2.job.status", status);
        _span?.SetTag("gptimage2.job.status", status).SetTag("gptimage2.images", job.Images.Count).SetTag("gptimage2.cost", (double?)job.Usd);
        if (job.Failure is { Code: var code })
        {
            tags.Add("error.type", GenerationTelemetry.ToErrorType(code));
            _span?.SetTag("error.type", GenerationTelemetry.ToErrorType(code)).SetStatus(ActivityStatusCode.Error);
        }

        GenerationTelemetry.JobDuration.Record((job.Changed - _started).TotalSeconds, tags);
    }
}
