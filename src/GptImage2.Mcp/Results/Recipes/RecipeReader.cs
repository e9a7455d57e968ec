using GptImage2.Generation.Inputs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Jobs.Scheduling;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Uploads;
using GptImage2.Mcp.Results.Links;

namespace GptImage2.Mcp.Results.Recipes;

/// <summary>Tells in full how an image was made, and which call makes its like.</summary>
internal sealed class RecipeReader(IJobStore jobs, JobPlanSerializer plans, JobQueries queries, IImageStore store, SharedFiles shared, IDownloadLinks links)
{
    /// <summary>From the plan of its job where that is there, else from its record alone.</summary>
    public async Task<string> ReadAsync(Caller caller, ImageRecord image, CancellationToken cancellationToken)
    {
        if (image.Tool is UploadStore.Tool)
        {
            return RecipeText.FormatUpload(image, links.Create(caller, image));
        }

        var job = await jobs.FindJobAsync(caller.Owner, image.JobId, cancellationToken);
        var snapshot = job is not null && await queries.FindAsync(caller, image.JobId, cancellationToken) is { } handle ? await handle.GetSnapshotAsync(cancellationToken) : null;
        using var plan = job is null ? null : TryReadPlan(job.Plan);
        var inputs = RecipeInput.Collect(image, plan, caller.LocalPathsAllowed ? store.Root : null, shared);
        return RecipeText.Format(image, plan, snapshot, inputs, plan is null ? RecipeCall.FromRecord(image, inputs) : RecipeCall.FromPlan(plan, inputs), links.Create(caller, image));
    }

    private JobPlan? TryReadPlan(string plan)
    {
        try
        {
            return plans.Deserialize(plan);
        }
        catch (JsonException)
        {
            // Written by another version: the record says nearly as much.
            return null;
        }
    }
}
