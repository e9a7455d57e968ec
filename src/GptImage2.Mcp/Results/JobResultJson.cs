using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Compositing;
using GptImage2.Imaging.Matting.Verification;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Results.Boards;
using GptImage2.Mcp.Results.Links;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Results;

/// <summary>A job as JSON. It stands alone: some clients show nothing else.</summary>
internal sealed class JobResultJson(IImageStore store, IDownloadLinks links)
{
    /// <summary>The most of what is always there, without descriptions, because every client reads it.</summary>
    public static JsonObject CreateSchema() => SchemaBuilder.Object(
        new JsonObject
        {
            ["summary"] = SchemaBuilder.Typed("string"),
            ["job"] = SchemaBuilder.Object(new JsonObject { ["status"] = SchemaBuilder.Typed("string") }),
            ["images"] = SchemaBuilder.List(SchemaBuilder.Object(
                new JsonObject { ["id"] = SchemaBuilder.Typed("string"), ["uri"] = SchemaBuilder.Typed("string") })),
        },
        "summary",
        "job",
        "images");

    /// <summary>Everything but what is only known once the image block is there, which <see cref="AddContent"/> adds.</summary>
    public JsonObject FromJob(CallerSession session, JobSnapshot job, IEnumerable<string> warnings, JsonArray? next) => Create(
        "",
        CreateJob(job.Status, job.Id),
        job.Images.Select(image => CreateImage(session, image)),
        warnings,
        job.Summary,
        CreateCost(job),
        job.Outcome?.Usage,
        job.Failure,
        next,
        job.Summary.Board is null ? null : BoardJson.FromJob(job));

    /// <summary>The words of the whole result, and how its images are shown.</summary>
    public static void AddContent(JsonObject json, string summary, ImageContent shown)
    {
        json["summary"] = summary;
        foreach (var warning in shown.Warnings)
        {
            json["warnings"]!.AsArray().Add((JsonNode)warning);
        }

        if (shown.SingleSize is { } preview)
        {
            json["images"]![0]!["preview_width"] = preview.Width;
            json["images"]![0]!["preview_height"] = preview.Height;
        }
    }

    public static JsonObject FromPlan(JobPlan plan, string words, IEnumerable<string> warnings, string? excessWithKey) =>
        Create(words, CreateJob(JobStatus.Planned, null), [], warnings, JobSummary.FromPlan(plan), CreatePlannedCost(plan, excessWithKey), board: plan.Board is null ? null : BoardJson.FromPlan(plan));

    public static JsonObject FromFailure(Failure failure, string words) => Create(
        words,
        CreateJob(JobStatus.Failed, null),
        [],
        [],
        failure: failure,
        next: failure.Call is { } call && FailureText.IsShort(call) ? new JsonArray(new JsonObject { ["tool"] = call.Tool, ["arguments"] = call.Arguments.DeepClone() }) : null);

    private static JsonObject Create(
        string words,
        JsonObject job,
        IEnumerable<JsonNode> images,
        IEnumerable<string> warnings,
        JobSummary? summary = null,
        JsonObject? cost = null,
        TokenUsage? usage = null,
        Failure? failure = null,
        JsonArray? next = null,
        JsonObject? board = null) => new JsonObject
        {
            ["summary"] = words,
            ["job"] = job,
            ["images"] = new JsonArray([.. images]),
            ["warnings"] = warnings.ToJsonArray(),
            ["board"] = board,
            ["model"] = summary?.Board is { } drawn ? drawn.Model : summary?.Model,
            ["backend"] = summary?.Board is { } drawnBy ? drawnBy.Backend : summary?.Backend,
            ["method"] = summary?.CutoutMethod is { } method ? EnumNames.Format(method) : null,
            ["prompt"] = summary?.PromptAsSent,
            ["region"] = summary?.Part is { } part ? CreateRegion(part) : null,
            ["cost"] = cost,
            ["usage"] = usage is null ? null : new JsonObject { ["text_in"] = usage.TextIn, ["image_in"] = usage.ImageIn, ["out"] = usage.Out },
            ["failure"] = failure is null ? null : CreateFailure(failure),
            ["next"] = next,
        }.WithoutNulls();

    private static JsonObject CreateJob(JobStatus status, string? id) => new JsonObject { ["status"] = EnumNames.Format(status), ["id"] = id }.WithoutNulls();

    /// <summary>What of the image is sent, and how it is placed on the canvas.</summary>
    private static JsonObject CreateRegion(RegionSummary part) => new()
    {
        ["coverage"] = RoundShare(part.Coverage),
        ["feather"] = part.Feather,
        ["sent_x"] = part.Left,
        ["sent_y"] = part.Top,
        ["sent_width"] = part.Width,
        ["sent_height"] = part.Height,
        ["scale"] = Math.Round(part.Scale, 4),
        ["canvas"] = part.Canvas.ToString(),
    };

    private JsonObject CreateImage(CallerSession session, DeliveredImage image)
    {
        var json = ImageJson.Create(image.Record);
        json["n"] = image.Record.Number;
        json["path"] = session.IfPathsAllowed(store.GetAbsolutePath(image.Record.File));
        json["download_url"] = links.Create(session.Caller, image.Record);
        json["copies"] = image.Copies is [] || !session.Caller.LocalPathsAllowed ? null : image.Copies.ToJsonArray();
        json["replaced"] = image.Replaced && session.Caller.LocalPathsAllowed ? true : null;
        json["region"] = image.Record.Region is not { } region ? null : new JsonObject
        {
            ["coverage"] = RoundShare(region.Coverage),
            ["changed_inside"] = RoundShare(region.ChangedInside),
            ["changed_outside"] = RoundShare(region.ChangedOutside),
            ["colours"] = region.Colours is { } colours ? CreateColours(colours) : null,
        }.WithoutNulls();
        json["see_through"] = image.Record.SeeThrough is { } share ? RoundShare(share) : null;
        json["cutout"] = image.Record.Cutout is { } cutout ? CreateCutout(cutout) : null;
        return json.WithoutNulls();
    }

    /// <summary>What it is taken for, and the kinds of what is in doubt: the warnings have the rest.</summary>
    private static JsonObject CreateCutout(CutoutReport cutout) => new JsonObject
    {
        ["profile"] = EnumNames.Format(cutout.Profile),
        ["findings"] = cutout.Findings is [] ? null : cutout.Findings.Select(finding => EnumNames.Format(finding.Kind)).ToJsonArray(),
    }.WithoutNulls();

    /// <summary>In levels of 255: how far the model's colours were off around the region, and what is left of that.</summary>
    private static JsonObject CreateColours(ColourMatch colours) => new()
    {
        ["matched"] = colours.Applied,
        ["difference"] = Math.Round(colours.Before, 2),
        ["remaining"] = Math.Round(colours.Applied ? colours.After : colours.Before, 2),
    };

    /// <summary>Of a board, of its panels together.</summary>
    private static JsonObject CreateCost(JobSnapshot job)
    {
        var doubtful = job.Failure?.Billed is Billing.Unknown;
        if (job.Summary.Board is not { } board)
        {
            return CreateCost(job.Summary.Price, job.IsOver ? job.Usd : null, job.Outcome?.Credits, doubtful);
        }

        var (usd, credits) = BoardLines.GetCost(job);
        return CreateCost(board.Price, job.IsOver ? usd : null, credits, doubtful);
    }

    /// <param name="doubtful">Whether it is unknown if it was billed.</param>
    private static JsonObject CreateCost(Price price, decimal? actual, decimal? credits, bool doubtful) => new JsonObject
    {
        ["unit"] = EnumNames.Format(price.Unit),
        ["estimate_low"] = price.Estimate?.Low,
        ["estimate_high"] = price.Estimate?.High,
        ["actual"] = actual,
        ["credits"] = credits ?? price.Credits,
        ["certainty"] = (actual, price) switch
        {
            (not null, _) or (_, { Unit: CostUnit.None }) => "known",
            (_, { Ceiling: not null }) when !doubtful => "bound",
            _ => "unknown",
        },
    }.WithoutNulls();

    /// <summary>With what the model itself would cost, where a backend stands in for it.</summary>
    private static JsonObject CreatePlannedCost(JobPlan plan, string? excessWithKey)
    {
        var cost = CreateCost(plan.TotalPrice, null, null, doubtful: false);
        cost["with_key_low"] = plan.TotalPriceWithKey?.Estimate?.Low;
        cost["with_key_high"] = plan.TotalPriceWithKey?.Estimate?.High ?? plan.TotalPriceWithKey?.Ceiling;
        cost["with_key_refused"] = excessWithKey;
        return cost.WithoutNulls();
    }

    private static JsonObject CreateFailure(Failure failure) => new JsonObject
    {
        ["code"] = EnumNames.Format(failure.Code),
        ["message"] = failure.Message,
        ["retry"] = EnumNames.Format(failure.Retry),
        ["billed"] = EnumNames.Format(failure.Billed),
        ["retry_after_s"] = failure.RetryAfter is { } wait ? Math.Ceiling(wait.TotalSeconds) : null,
        ["argument"] = failure.Argument,
        ["nearest"] = failure.Nearest,
        ["request_id"] = failure.RequestId,
    }.WithoutNulls();

    private static double RoundShare(double share) => Math.Round(share, 6);
}
