using GptImage2.Generation.Jobs;
using GptImage2.Generation.Rendering;
using GptImage2.Mcp.Results;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Jobs;

/// <summary>A caller's jobs, those that run first, as words and as JSON.</summary>
internal static class JobList
{
    /// <param name="preface">What to say before it, or null.</param>
    public static ToolResponse Create(IReadOnlyList<JobSnapshot> jobs, DateTimeOffset now, string? preface)
    {
        var running = jobs.FirstOrDefault(job => !job.IsOver);
        string?[] lines = [preface, FormatCount(jobs), .. jobs.Select(job => FormatJob(job, now)), FormatNext(jobs, running)];
        var text = string.Join('\n', lines.OfType<string>());
        return new ToolResponse
        {
            Text = text,
            Structured = new JsonObject
            {
                ["summary"] = text,
                ["job"] = new JsonObject(),
                ["images"] = new JsonArray(),
                ["warnings"] = new JsonArray(),
                ["jobs"] = new JsonArray([.. jobs.Select(job => CreateJson(job, now))]),
                ["next"] = running is null ? null : JobResultBuilder.CreateNextCall(running),
            }.WithoutNulls(),
        };
    }

    private static string FormatCount(IReadOnlyList<JobSnapshot> jobs) => (jobs.Count, jobs.Count(job => !job.IsOver)) switch
    {
        (0, _) => "There are no jobs yet: each call that makes an image becomes one.",
        (_, 0) => "No job is running. The last ones:",
        (_, 1) => "1 job is running:",
        (_, var running) => $"{running} jobs are running:",
    };

    private static string FormatJob(JobSnapshot job, DateTimeOffset now) =>
        $"{job.Id} {job.Summary.Tool}: {Describe(job)}, started {FormatAge(now - job.Started)} ago, " +
        $"{CountReady(job)} of {FormatCount(job)}, " +
        Violation.Quote(GetTitle(job));

    private static string FormatNext(IReadOnlyList<JobSnapshot> jobs, JobSnapshot? running) => (jobs, running) switch
    {
        ([], _) => "Next: generate_image makes one; list_images lists stored images.",
        (_, { Id: var id }) => $"Next: check_job with job \"{id}\" waits for it; with cancel: true it ends it.",
        _ => $"Next: check_job with job \"{jobs[0].Id}\" shows its result again; list_images lists all images.",
    };

    private static JsonObject CreateJson(JobSnapshot job, DateTimeOffset now) => new()
    {
        ["id"] = job.Id,
        ["tool"] = job.Summary.Tool,
        ["status"] = EnumNames.Format(job.Status),
        ["doing"] = Describe(job),
        ["age_s"] = Math.Round((now - job.Started).TotalSeconds),
        ["images"] = CountReady(job),
        ["count"] = job.Summary.Board?.ToDraw ?? job.Summary.Count,
        [job.Summary.CutOut is null ? "prompt" : "image"] = GetTitle(job),
    };

    private static string Describe(JobSnapshot job) => job switch
    {
        { Status: JobStatus.Partial, Failure.Code: FailureCode.Cancelled } => EnumNames.Format(JobStatus.Cancelled),
        { IsOver: true } => EnumNames.Format(job.Status),
        _ => ProgressText.Format(job),
    };

    /// <summary>The image, or the board, where that says more than the prompt, which then is not the caller's.</summary>
    private static string GetTitle(JobSnapshot job) => TextTruncation.Truncate(
        job.Summary.Board is { } board ? $"{board.Title ?? "Storyboard"} ({board.Id})" : job.Summary.CutOut ?? job.Summary.Prompt, 50);

    /// <summary>Of a board, its panels.</summary>
    private static int CountReady(JobSnapshot job) => job.Summary.Board is null ? job.Images.Count : job.Panels.Count(panel => panel.State is PanelState.Drawn);

    private static string FormatCount(JobSnapshot job) => job.Summary switch
    {
        { Board: { } board } => board.ToDraw is 1 ? "1 panel" : $"{board.ToDraw} panels",
        { Count: 1 } => "1 image",
        { Count: var count } => $"{count} images",
    };

    private static string FormatAge(TimeSpan age) => age switch
    {
        { TotalSeconds: < 100 } => $"{Math.Max(0, age.TotalSeconds):0} s",
        { TotalMinutes: < 100 } => $"{age.TotalMinutes:0} min",
        { TotalHours: < 48 } => $"{age.TotalHours:0} h",
        _ => $"{age.TotalDays:0} days",
    };
}
