using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Jobs;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Results;

/// <summary>How a job looks to the client that asked for it: words, one picture, links, and the same for programs.</summary>
internal sealed class MakerResults(PictureBlocks pictures, MakerJson json, MakerText text)
{
    /// <summary>The tool that collects what takes longer.</summary>
    public const string CheckJob = "check_job";

    public static JsonElement OutputSchema() => MakerJson.Schema().ToElement();

    /// <summary>For all tools but the first that answer with a job: a model reads all schemas together.</summary>
    public static JsonElement ShortOutputSchema() => MakerJson.ShortSchema().ToElement();

    /// <summary>The job as it stands, over or not.</summary>
    public ToolAnswer From(JobSnapshot view, PictureView shown)
    {
        var links = pictures.Links(view.Images);
        var warnings = Warnings(view);

        // Everything else first, so that the picture gets what is left of the result's size.
        var bare = Answer(view, warnings, null, links);
        var shot = pictures.Show(view.Images, shown, bare);
        return Answer(view, [.. warnings, .. shot.Warnings], shot, links);
    }

    /// <summary>A dry run: what would be done, and at what price.</summary>
    /// <param name="refusal">Why the plan could not be carried out as things are, or null.</param>
    public ToolAnswer Planned(JobPlan plan, Failure? refusal)
    {
        string[] warnings = [.. plan.Warnings, .. refusal is null ? Array.Empty<string>() : [refusal.Message]];
        var summary = MakerText.Plan(plan, warnings, refusal is not null);
        var bare = new ToolAnswer { Text = summary, Structured = MakerJson.Plan(plan, summary, warnings) };
        var overlay = pictures.Overlay(plan, bare);
        return overlay.Block is { } block ? bare with { Text = $"{summary}\n{overlay.Caption}", Blocks = [block] } : bare;
    }

    /// <summary>A call that did not become a job.</summary>
    public static ToolAnswer Refused(Failure failure)
    {
        var summary = FailureText.Of(failure);
        return new ToolAnswer { Text = summary, Structured = MakerJson.Refusal(failure, summary), IsError = true };
    }

    private ToolAnswer Answer(JobSnapshot view, IReadOnlyList<string> warnings, ShownPicture? shot, IReadOnlyList<ContentBlock> links)
    {
        var summary = text.Job(view, warnings, shot);
        return new ToolAnswer
        {
            Text = summary,
            Structured = json.Job(view, summary, warnings, shot, Next(view)),
            Blocks = [.. shot?.Block is { } block ? [block] : Array.Empty<ContentBlock>(), .. links],
            IsError = view is { IsOver: true, Images: [] },
            Job = view,
        };
    }

    /// <summary>How to go on with a job that is not over.</summary>
    private static JsonObject? Next(JobSnapshot view) => view.IsOver
        ? null
        : new JsonObject { ["tool"] = CheckJob, ["arguments"] = new JsonObject { ["job"] = view.Id } };

    private static List<string> Warnings(JobSnapshot view)
    {
        List<string> warnings = [.. view.Warnings];
        if (view is { Status: JobStatus.Done } && view.Images.Count < view.Summary.Count)
        {
            warnings.Add($"count: {view.Summary.Count} pictures were asked for, and the service sent {view.Images.Count}.");
        }

        return warnings;
    }
}
