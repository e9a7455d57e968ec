using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>The further copies that recent jobs have recorded.</summary>
internal sealed class CopyHistory(IJobStore jobs) : ICopyHistory
{
    private const int MaxJobs = 5000;

    public async Task<IReadOnlyList<ImageCopy>> ListAsync(string owner, CancellationToken cancellationToken) =>
    [
        .. (await jobs.ListStatesWithCopiesAsync(owner, MaxJobs, cancellationToken))
            .SelectMany(JobSnapshotDto.ReadImages)
            .SelectMany(image => image.Copies.Select(path => new ImageCopy(image.Id, path)))
            .DistinctBy(copy => copy.Path, RealPath.Comparer),
    ];
}
