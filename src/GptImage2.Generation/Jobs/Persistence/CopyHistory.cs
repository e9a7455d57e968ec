using GptImage2.Generation.Inputs.Sandbox;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>The further copies that recent jobs have recorded.</summary>
internal sealed class CopyHistory(IJobStore jobs) : ICopyHistory
{
    private const int MaxJobs = 500;

    public async Task<bool> ContainsAsync(Caller caller, string path, CancellationToken cancellationToken) =>
        (await jobs.ListJobsAsync(caller.Owner, MaxJobs, cancellationToken))
        .SelectMany(job => JobSnapshotDto.ReadCopies(job.State))
        .Any(copy => RealPath.AreEqual(copy, path));
}
