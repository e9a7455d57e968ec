using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;

namespace GptImage2.Mcp.Jobs;

/// <summary>What became of a wish to cancel a job, before what the job itself is.</summary>
internal static class CancellationText
{
    /// <returns>A sentence, or null where the job says it itself.</returns>
    public static string? Format(JobCancellation cancellation, JobSnapshot job) => (cancellation, job) switch
    {
        (JobCancellation.Cancelled, { IsOver: false }) => "It is being cancelled, and has not ended yet.",
        (JobCancellation.Cancelled, { Failure.Code: FailureCode.Cancelled }) => null,
        (JobCancellation.Cancelled, _) => "Too late to cancel: it ended in the same moment.",
        (JobCancellation.AlreadyOver, { Status: JobStatus.Cancelled }) => "It was over before.",
        (JobCancellation.AlreadyOver, _) => "Nothing to cancel: it was over before.",
        (JobCancellation.RunsElsewhere, _) =>
            "Not cancelled: another server runs it, and only that one can cancel it. It goes on, and its images will be in list_images.",
        _ => "Too late to cancel: it was sent, is billed anyway, and goes on. Its images will be in list_images. "
            + "A user who wants such jobs to be aborted sets GPTIMAGE2_JOBS__ONCANCEL=abort.",
    };
}
