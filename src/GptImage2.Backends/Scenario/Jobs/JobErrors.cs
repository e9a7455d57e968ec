using GptImage2.Backends.Scenario.Protocol;

namespace GptImage2.Backends.Scenario.Jobs;

/// <summary>Words for what can become of a request that was sent: what happened, whether it is billed, and what to do.</summary>
internal sealed class JobErrors(ScenarioOptions options)
{
    private const string InProject = "its images are then in the user's project there";

    /// <summary>No job of the request was found, and none can be excluded.</summary>
    /// <param name="lost">Why it is not known whether there is one; null for a process that has died.</param>
    public static Failure RunLost(Failure? lost) => lost is { Code: FailureCode.ServiceFailed } failed
        ? failed with { Message = $"{failed.Message} No job of it is in the project's list so far." }
        : Create(
            FailureCode.AnswerLost,
            "The answer of Scenario to the request was lost, and no job of it is in the project's list. It may have been billed; the user can look at the project's jobs. Calling again may be billed again.",
            RetryAdvice.Same,
            Billing.Unknown);

    /// <summary>A job has ended without images.</summary>
    public Failure Failed(ScenarioJob job)
    {
        if (job.IsCancelled)
        {
            return Create(FailureCode.Cancelled, "The job was cancelled at Scenario. Whether it was billed is unknown.", RetryAdvice.Same, Billing.Unknown, job.Id);
        }

        var (billed, cost) = job.IsRefunded ? (Billing.No, "Not billed.") : (Billing.Yes, "Scenario bills it all the same.");
        var why = options.Quote(job.Error) is { } quote ? $": {quote}" : ".";
        return job.Error is { } text && ScenarioErrors.IsModeration(text)
            ? Create(
                FailureCode.ContentRejected,
                $"The safety system refused what was drawn, or the request{why} Change the prompt or the images; the same will rarely pass. {cost}",
                RetryAdvice.Changed,
                billed,
                job.Id) with
            { OutputBlocked = true, Argument = "prompt" }
            : Create(FailureCode.ServiceFailed, $"Scenario could not make it{why} {cost} Calling again may help.", RetryAdvice.Same, billed, job.Id);
    }

    /// <summary>Scenario refuses to say how a job is going.</summary>
    public static Failure OutOfSight(Failure refusal, string jobId) => ScenarioErrors.WithRequestId(
        refusal with { Billed = Billing.Unknown, Message = $"{refusal.Message} The job itself goes on at Scenario and is billed unless it fails; {InProject}." }, jobId);

    public static Failure StillRunning(string jobId, TimeSpan waited) => Create(
        FailureCode.AnswerLost,
        $"Scenario has not finished the job within {waited.TotalMinutes:0} minutes. It may still do so, and bills it; {InProject}.",
        RetryAdvice.Same,
        Billing.Unknown,
        jobId);

    public static Failure ImagesMissing(int stored, int asked, string jobId) => Create(
        FailureCode.AnswerLost,
        stored is 0 ? "Scenario's job ended without an image, and was billed." : $"Scenario made {stored} of {asked} images. Those are saved; the job was billed.",
        RetryAdvice.Same,
        Billing.Yes,
        jobId);

    /// <summary>An image was drawn and cannot be fetched.</summary>
    /// <param name="how">A sentence.</param>
    public static Failure DownloadFailed(string assetId, string jobId, string how) => Create(
        FailureCode.AnswerLost, $"The image {assetId} was drawn and billed, but could not be downloaded from Scenario. {how} It is in the user's project there.", RetryAdvice.Same, Billing.Yes, jobId);

    private static Failure Create(FailureCode code, string message, RetryAdvice retry, Billing billed, string? jobId = null) =>
        ScenarioErrors.WithRequestId(new Failure { Code = code, Message = message, Retry = retry, Billed = billed }, jobId);
}
