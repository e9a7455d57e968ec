using System.Text.Json;
using System.Text.Json.Nodes;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Spending;
using ModelContextProtocol.Protocol;

namespace GptImage2.Mcp.Results;

/// <summary>How a job looks to the client that asked for it: words, one picture, links, and the same for programs.</summary>
internal sealed class MakerResults(PictureBlocks pictures, MakerJson json, MakerText text, SpendingCaps caps)
{
    /// <summary>Characters of a call that a result repeats at most: a prompt may be as long, a picture as data: is longer.</summary>
    internal const int LongestEcho = 40_000;

    public static JsonElement OutputSchema() => MakerJson.Schema().ToElement();

    /// <summary>The job as it stands, over or not.</summary>
    /// <param name="arguments">The call's arguments: the same call again goes on waiting for the same job.</param>
    public ToolAnswer From(JobView view, JsonElement arguments, PictureView shown)
    {
        var links = pictures.Links(view.Images);
        var warnings = Warnings(view);

        // Everything else first, so that the picture gets what is left of the result's size.
        var bare = Answer(view, arguments, warnings, null, links);
        var shot = pictures.Show(view.Images, shown, bare);
        return Answer(view, arguments, [.. warnings, .. shot.Warnings], shot, links);
    }

    /// <summary>A dry run: what would be done, and at what price.</summary>
    public ToolAnswer Planned(JobPlan plan)
    {
        var refusal = caps.Objection(plan.Price);
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

    private ToolAnswer Answer(JobView view, JsonElement arguments, IReadOnlyList<string> warnings, ShownPicture? shot, IReadOnlyList<ContentBlock> links)
    {
        var summary = text.Job(view, warnings, shot);
        return new ToolAnswer
        {
            Text = summary,
            Structured = json.Job(view, summary, warnings, shot, Next(view, arguments)),
            Blocks = [.. shot?.Block is { } block ? [block] : Array.Empty<ContentBlock>(), .. links],
            IsError = view is { IsOver: true, Images: [] },
        };
    }

    /// <summary>The same call again; whole pictures among its arguments are not sent back.</summary>
    private static JsonObject? Next(JobView view, JsonElement arguments) => view.IsOver || arguments.GetRawText().Length > LongestEcho
        ? null
        : new JsonObject { ["tool"] = view.Plan.Tool, ["arguments"] = JsonNode.Parse(arguments.GetRawText()) };

    private static List<string> Warnings(JobView view)
    {
        List<string> warnings = [.. view.Warnings];
        if (view is { Status: JobStatus.Done } && view.Images.Count < view.Plan.Request.Count)
        {
            warnings.Add($"count: {view.Plan.Request.Count} pictures were asked for, and the service sent {view.Images.Count}.");
        }

        return warnings;
    }
}
