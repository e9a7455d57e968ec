using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Requests;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Jobs;

/// <summary>Finds the job that a caller means: by its id, or as the last one.</summary>
internal sealed class JobFinder(JobQueries jobs)
{
    /// <summary>How many of the newest jobs are listed, and looked at for those that run.</summary>
    public const int MaxListed = 10;

    /// <summary>Among how many of the newest jobs the one is looked for whose id was almost written.</summary>
    private const int MaxNearby = 200;

    private static readonly string[] LastNames = ["last", "latest", "newest"];

    /// <summary>Whether it is one of the words for the newest job rather than an id.</summary>
    public static bool IsLast(string written) => LastNames.Contains(written.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The job of that id, or the newest one.</summary>
    /// <exception cref="ImageException">The caller has no such job.</exception>
    public async Task<JobHandle> FindAsync(Caller caller, string written, CancellationToken cancellationToken)
    {
        var id = written.Trim();
        if (IsLast(id) && await jobs.ListIdsAsync(caller, 1, cancellationToken) is [var newest])
        {
            id = newest;
        }

        return await jobs.FindAsync(caller, id, cancellationToken)
            ?? throw CreateUnknownError(written, await jobs.ListIdsAsync(caller, MaxNearby, cancellationToken));
    }

    /// <summary>The one job that runs, or null where none does.</summary>
    /// <exception cref="InvalidRequestException">Several run, and any of them may be meant.</exception>
    public async Task<JobHandle?> FindRunningAsync(Caller caller, CancellationToken cancellationToken) =>
        (await jobs.ListAsync(caller, MaxListed, cancellationToken)).Where(job => !job.IsOver).ToArray() switch
        {
            [] => null,
            [var only] => await jobs.FindAsync(caller, only.Id, cancellationToken),
            var several => throw new InvalidRequestException([new Violation(
                "job",
                $"the id of one of the {several.Length} jobs that run: {string.Join(", ", several.Select(Describe))}",
                "none of them") { Repairs = [] }]),
        };

    private static string Describe(JobSnapshot job) => $"{job.Id} ({Violation.Quote(TextTruncation.Truncate(job.Summary.Prompt, 40))})";

    private static ImageException CreateUnknownError(string written, IReadOnlyList<string> ids)
    {
        var nearest = EditDistance.FindNear(written.Trim(), ids);
        var known = (ids, nearest) switch
        {
            ([], _) => " There are no jobs yet.",
            (_, { } near) => $" Nearest: {near}.",
            _ => " check_job without job lists all.",
        };
        return new ImageException(new Failure
        {
            Code = FailureCode.NotFound,
            Message = $"job: expected the id of one of your jobs but received {Violation.Quote(written)}, which is unknown.{known} " +
                "Images that were made are in list_images.",
            Retry = RetryAdvice.Changed,
            Argument = "job",
            Nearest = nearest,
            Repairs = nearest is null ? [] : [new Repair("job", nearest)],
        });
    }
}
