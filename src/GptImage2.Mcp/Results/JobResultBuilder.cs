using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results.Notes;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Results;

/// <summary>How a job looks to the client that asked for it: words, one image block, links, and the same for programs.</summary>
internal sealed class JobResultBuilder(ImageContentBuilder content, JobResultJson json, JobResultText text, NoteHistory notes, StorageOptions storage)
{
    /// <summary>The tool that collects what takes longer.</summary>
    public const string CheckJobTool = "check_job";

    /// <summary>Above so many images their ids and names, which the text has, say enough.</summary>
    private const int MaxLinkedImages = 3;

    public static JsonElement CreateOutputSchema() => JobResultJson.CreateSchema().ToElement();

    /// <summary>The job as it stands, over or not.</summary>
    /// <param name="preface">What to say before it, or null.</param>
    public ToolResponse FromJob(CallerSession session, JobSnapshot job, ImageViewMode mode, string? preface = null) =>
        CreateJobResponse(session, session.Caller.LocalPathsAllowed ? job : job.HidePaths(storage), mode, preface);

    private ToolResponse CreateJobResponse(CallerSession session, JobSnapshot job, ImageViewMode mode, string? preface)
    {
        var warnings = notes.TakeNew(session, job.Summary.Backend, job.Summary.Model, CollectWarnings(job));
        var body = text.FormatJob(session, job, preface);
        var structured = json.FromJob(session, job, warnings, CreateNextCall(job));
        var response = new ToolResponse
        {
            Text = JobResultText.AddNotes(body, null, warnings),
            Structured = structured,
            Blocks = job.Images.Count <= MaxLinkedImages ? content.CreateLinks(job.Images) : [],
            IsError = job is { IsOver: true, Images: [] },
            Job = job,
        };

        // The image gets the bytes that everything else leaves of the result, and adds its own facts.
        var shown = content.CreateJobContent(session, job.Images, mode, response);
        var summary = JobResultText.AddNotes(body, shown.Caption, [.. warnings, .. shown.Warnings]);
        JobResultJson.AddContent(structured, summary, shown);
        return response with { Text = summary, Blocks = shown.Block is { } block ? [block, .. response.Blocks] : response.Blocks };
    }

    /// <summary>A dry run: what would be done, and at what price.</summary>
    /// <param name="refusal">Why the plan could not be carried out as things are, or null.</param>
    /// <param name="excessWithKey">Why the model itself would not be asked, or null.</param>
    public ToolResponse FromPlan(CallerSession session, JobPlan plan, ImageViewMode mode, Failure? refusal, string? excessWithKey)
    {
        string[] warnings = [.. notes.TakeNew(session, plan.Backend.Name, plan.Validated.Profile.Model, plan.Warnings), .. refusal is null ? Array.Empty<string>() : [refusal.Message]];
        var summary = JobResultText.FormatPlan(plan, warnings, refusal is not null, excessWithKey);
        var response = new ToolResponse { Text = summary, Structured = JobResultJson.FromPlan(plan, summary, warnings, excessWithKey) };
        var overlay = mode is ImageViewMode.None ? ImageContent.Empty : content.CreateOverlay(session, plan, response);
        return overlay.Block is { } block ? response with { Text = $"{summary}\n{overlay.Caption}", Blocks = [block] } : response;
    }

    /// <summary>A call that did not become a job.</summary>
    public static ToolResponse FromFailure(Failure failure)
    {
        var summary = FailureText.Format(failure);
        return new ToolResponse { Text = summary, Structured = JobResultJson.FromFailure(failure, summary), IsError = true };
    }

    /// <summary>How to go on with a job that is not over.</summary>
    public static JsonArray? CreateNextCall(JobSnapshot job) => job.IsOver
        ? null
        : new JsonArray(new JsonObject { ["tool"] = CheckJobTool, ["arguments"] = new JsonObject { ["job"] = job.Id } });

    private static IReadOnlyList<string> CollectWarnings(JobSnapshot job) => job switch
    {
        { Status: JobStatus.Cancelled } => [],
        { Status: JobStatus.Done } when job.Images.Count < job.Summary.Count =>
            [.. job.Warnings, $"count: {job.Summary.Count} images were requested, and the service sent {job.Images.Count}."],
        _ => job.Warnings,
    };
}
