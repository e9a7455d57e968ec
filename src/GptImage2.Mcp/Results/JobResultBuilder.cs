using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Mcp.Tools.Arguments;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Results;

/// <summary>How a job looks to the client that asked for it: words, one picture, links, and the same for programs.</summary>
internal sealed class JobResultBuilder(ImageContentBuilder pictures, JobResultJson json, JobResultText text)
{
    /// <summary>The tool that collects what takes longer.</summary>
    public const string CheckJobTool = "check_job";

    public static JsonElement CreateOutputSchema() => JobResultJson.CreateSchema().ToElement();

    /// <summary>For all tools but the first that answer with a job: a model reads all schemas together.</summary>
    public static JsonElement CreateShortOutputSchema() => JobResultJson.CreateShortSchema().ToElement();

    /// <summary>The job as it stands, over or not.</summary>
    public ToolResponse FromJob(JobSnapshot view, ImageViewMode shown)
    {
        var links = pictures.CreateLinks(view.Images);
        var warnings = CollectWarnings(view);

        // Everything else first, so that the picture gets what is left of the result's size.
        var bare = Build(view, warnings, null, links);
        var shot = pictures.CreateJobContent(view.Images, shown, bare);
        return Build(view, [.. warnings, .. shot.Warnings], shot, links);
    }

    /// <summary>A dry run: what would be done, and at what price.</summary>
    /// <param name="refusal">Why the plan could not be carried out as things are, or null.</param>
    public ToolResponse FromPlan(JobPlan plan, Failure? refusal)
    {
        string[] warnings = [.. plan.Warnings, .. refusal is null ? Array.Empty<string>() : [refusal.Message]];
        var summary = JobResultText.FormatPlan(plan, warnings, refusal is not null);
        var bare = new ToolResponse { Text = summary, Structured = JobResultJson.FromPlan(plan, summary, warnings) };
        var overlay = pictures.CreateOverlay(plan, bare);
        return overlay.Block is { } block ? bare with { Text = $"{summary}\n{overlay.Caption}", Blocks = [block] } : bare;
    }

    /// <summary>A call that did not become a job.</summary>
    public static ToolResponse FromFailure(Failure failure)
    {
        var summary = FailureText.Format(failure);
        return new ToolResponse { Text = summary, Structured = JobResultJson.FromFailure(failure, summary), IsError = true };
    }

    private ToolResponse Build(JobSnapshot view, IReadOnlyList<string> warnings, ImageContent? shot, IReadOnlyList<ContentBlock> links)
    {
        var summary = text.FormatJob(view, warnings, shot);
        return new ToolResponse
        {
            Text = summary,
            Structured = json.FromJob(view, summary, warnings, shot, CreateNextCall(view)),
            Blocks = [.. shot?.Block is { } block ? [block] : Array.Empty<ContentBlock>(), .. links],
            IsError = view is { IsOver: true, Images: [] },
            Job = view,
        };
    }

    /// <summary>How to go on with a job that is not over.</summary>
    private static JsonObject? CreateNextCall(JobSnapshot view) => view.IsOver
        ? null
        : new JsonObject { ["tool"] = CheckJobTool, ["arguments"] = new JsonObject { ["job"] = view.Id } };

    private static List<string> CollectWarnings(JobSnapshot view)
    {
        List<string> warnings = [.. view.Warnings];
        if (view is { Status: JobStatus.Done } && view.Images.Count < view.Summary.Count)
        {
            warnings.Add($"count: {view.Summary.Count} pictures were asked for, and the service sent {view.Images.Count}.");
        }

        return warnings;
    }
}
