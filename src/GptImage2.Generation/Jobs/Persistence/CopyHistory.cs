using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>The further copies that recent jobs have recorded.</summary>
internal sealed class CopyHistory(IJobStore jobs) : ICopyHistory
{
    private const int MaxJobs = 500;

    public async Task<IReadOnlyList<ImageCopy>> ListAsync(string owner, CancellationToken cancellationToken) =>
    [
        .. (await jobs.ListJobsAsync(owner, MaxJobs, cancellationToken))
            .SelectMany(job => JobSnapshotDto.ReadImages(job.State))
            .SelectMany(image => image.Copies.Select(path => new ImageCopy(image.Id, path))),
    ];
}
