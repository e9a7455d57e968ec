using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>The further copies that recent jobs have recorded.</summary>
internal sealed class CopyHistory(IJobStore jobs) : ICopyHistory
{
    private const int MaxJobs = 5000;

    /// <summary>Copies are a help and no more: where their record cannot be read, none are known.</summary>
    public async Task<IReadOnlyList<ImageCopy>> ListAsync(string owner, CancellationToken cancellationToken)
    {
        try
        {
            return
            [
                .. (await jobs.ListStatesWithCopiesAsync(owner, MaxJobs, cancellationToken))
                    .SelectMany(ReadImages)
                    .SelectMany(image => image.Copies.Select(path => new ImageCopy(image.Id, path)))
                    .DistinctBy(copy => copy.Path, RealPath.Comparer),
            ];
        }
        catch (ImageException unreadable)
        {
            _ = unreadable;
            return [];
        }
    }

    private static IEnumerable<DeliveredImageDto> ReadImages(string state)
    {
        try
        {
            return JobSnapshotDto.ReadImages(state);
        }
        catch (JsonException newer)
        {
            // A newer server of the same store has written it.
            _ = newer;
            return [];
        }
    }
}
