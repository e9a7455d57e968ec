using GptImage2.Generation.Jobs;
using GptImage2.Mcp.Results.Boards;

namespace GptImage2.Mcp.Results;

/// <summary>What a job is doing now, in one true sentence.</summary>
internal static class ProgressText
{
    public static string Format(JobSnapshot job)
    {
        var (model, backend, count) = (job.Summary.Model, job.Summary.Backend, job.Summary.Count);
        return job.Stage switch
        {
            JobStage.Queued when job.QueuePosition is { } place => place is 0 ? $"waiting for {backend}, next in line" : $"waiting for {backend}, {place} before this one",
            JobStage.Queued => "waiting to start",
            JobStage.Sending => $"sending the request to {backend}",
            JobStage.Drawing when job.Summary.Board is not null => BoardLines.FormatProgress(job),
            JobStage.Drawing => $"{(job.Summary.Notice is null ? model : backend)} is drawing, {job.Elapsed.TotalSeconds:0} s so far{FormatShare(job.Progress)}{FormatPreviews(job.Partials)}",
            JobStage.Receiving => $"receiving from {backend}, {job.Images.Count} of {count} stored, {job.Elapsed.TotalSeconds:0} s so far{FormatPreviews(job.Partials)}",
            JobStage.Finishing => $"finishing, {job.Images.Count} of {count} ready",
            _ => $"{EnumNames.Format(job.Status)}, {job.Images.Count} of {count} stored",
        };
    }

    private static string FormatShare(double? progress) => progress is { } share and > 0 ? $", {share:0 %} done" : "";

    private static string FormatPreviews(int partials) => partials is 0 ? "" : $", {partials} previews seen";
}
