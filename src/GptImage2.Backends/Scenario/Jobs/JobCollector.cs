using GptImage2.Backends.Scenario.Protocol;
using GptImage2.Generation.Rendering;

namespace GptImage2.Backends.Scenario.Jobs;

/// <summary>Waits for a job, and fetches what it has made.</summary>
internal sealed class JobCollector(ScenarioOptions options, JobPoller poller, AssetDownloader downloads)
{
    /// <param name="count">How many images were asked for.</param>
    /// <param name="skip">How many of them, from the first, are stored already.</param>
    /// <exception cref="ImageException">The job failed, or what it made cannot be fetched; the failure says whether it is billed.</exception>
    public async Task<RenderOutcome> CollectAsync(string jobId, int count, int skip, IRenderSink sink, CancellationToken cancellationToken)
    {
        var job = await poller.WaitAsync(jobId, sink.ReportProgress, cancellationToken);
        if (!job.Succeeded)
        {
            throw new ImageException(new JobErrors(options).Failed(job));
        }

        sink.Report(RenderStage.Receiving);
        foreach (var asset in job.AssetIds.Take(count).Skip(skip))
        {
            await downloads.DownloadAsync(asset, jobId, sink, cancellationToken);
        }

        return job.AssetIds.Count >= count
            ? new RenderOutcome(Usage: null, jobId) { Credits = job.Cost }
            : throw new ImageException(JobErrors.ImagesMissing(job.AssetIds.Count, count, jobId));
    }
}
