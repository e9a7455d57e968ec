using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Callers;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Results;

/// <summary>A job as JSON. It stands alone: some clients show nothing else.</summary>
internal sealed class JobResultJson(IImageStore store)
{
    /// <summary>Only what is always there, and the closed lists; without descriptions, because every client reads it.</summary>
    public static JsonObject CreateSchema() => CreateSchema(
        SchemaBuilder.Object(new JsonObject { ["status"] = SchemaBuilder.OneOf(null, EnumNames.All<JobStatus>()) }, "status"),
        SchemaBuilder.Object(new JsonObject { ["id"] = SchemaBuilder.Typed("string"), ["uri"] = SchemaBuilder.Typed("string") }, "id", "uri"));

    /// <summary>The same for a further tool, only as deep as clients need that check results against it.</summary>
    public static JsonObject CreateShortSchema() => CreateSchema(SchemaBuilder.Typed("object"), SchemaBuilder.Typed("object"));

    private static JsonObject CreateSchema(JsonObject job, JsonObject image) => SchemaBuilder.Object(
        new JsonObject
        {
            ["summary"] = SchemaBuilder.Typed("string"),
            ["job"] = job,
            ["images"] = SchemaBuilder.List(image),
            ["warnings"] = SchemaBuilder.List(SchemaBuilder.Typed("string")),
        },
        "summary",
        "job",
        "images",
        "warnings");

    /// <summary>Everything but what is only known once the image block is there, which <see cref="AddContent"/> adds.</summary>
    public JsonObject FromJob(CallerSession session, JobSnapshot job, IEnumerable<string> warnings)
    {
        var json = CreateFrame("", job.Status, job.Id, job.Images.Select(image => CreateImage(session, image)), warnings);
        AddSummary(json, job.Summary);
        json["cost"] = CreateCost(job.Summary.Price, job.IsOver ? job.Usd : null, job.Failure?.Billed is Billing.Unknown);
        json.AddIfPresent("usage", job.Outcome?.Usage is { } usage ? new JsonObject { ["text_in"] = usage.TextIn, ["image_in"] = usage.ImageIn, ["out"] = usage.Out } : null);
        json.AddIfPresent("failure", job.Failure is { } failure ? CreateFailure(failure) : null);
        return json;
    }

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

    public static JsonObject FromPlan(JobPlan plan, string summary, IEnumerable<string> warnings)
    {
        var json = CreateFrame(summary, JobStatus.Planned, null, [], warnings);
        AddSummary(json, JobSummary.FromPlan(plan));
        json["cost"] = CreateCost(plan.Price, null, doubtful: false);
        return json;
    }

    public static JsonObject FromFailure(Failure failure, string summary)
    {
        var json = CreateFrame(summary, JobStatus.Failed, null, [], []);
        json["failure"] = CreateFailure(failure);
        return json;
    }

    private static JsonObject CreateFrame(string summary, JobStatus status, string? id, IEnumerable<JsonNode> images, IEnumerable<string> warnings)
    {
        var job = new JsonObject { ["status"] = EnumNames.Format(status) };
        job.AddIfPresent("id", id);
        return new JsonObject
        {
            ["summary"] = summary,
            ["job"] = job,
            ["images"] = new JsonArray([.. images]),
            ["warnings"] = ToArray(warnings),
        };
    }

    private static void AddSummary(JsonObject json, JobSummary summary)
    {
        json["model"] = summary.Model;
        json["backend"] = summary.Backend;
        json.AddIfPresent("prompt", summary.PromptAsSent);
        json.AddIfPresent("region", summary.Part is { } part ? CreateRegion(part) : null);
    }

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
        json.AddIfPresent("path", session.IfPathsAllowed(store.GetAbsolutePath(image.Record.File)));
        json.AddIfPresent("copies", image.Copies is [] || !session.Caller.LocalPathsAllowed ? null : ToArray(image.Copies));
        json.AddIfPresent("region", image.Record.Region is not { } region ? null : new JsonObject
        {
            ["coverage"] = RoundShare(region.Coverage),
            ["changed_inside"] = RoundShare(region.ChangedInside),
            ["changed_outside"] = RoundShare(region.ChangedOutside),
        });
        json.AddIfPresent("see_through", image.Record.SeeThrough is { } share ? RoundShare(share) : null);
        return json;
    }

    /// <param name="doubtful">Whether it is unknown if it was billed.</param>
    private static JsonObject CreateCost(Price price, decimal? actual, bool doubtful)
    {
        var json = new JsonObject { ["unit"] = EnumNames.Format(price.Unit) };
        json.AddIfPresent("estimate_low", price.Estimate?.Low);
        json.AddIfPresent("estimate_high", price.Estimate?.High);
        json.AddIfPresent("actual", actual);
        json["certainty"] = (actual, price) switch
        {
            (not null, _) or (_, { Unit: CostUnit.None }) => "known",
            (_, { Ceiling: not null }) when !doubtful => "bound",
            _ => "unknown",
        };
        return json;
    }

    private static JsonObject CreateFailure(Failure failure)
    {
        var json = new JsonObject
        {
            ["code"] = EnumNames.Format(failure.Code),
            ["message"] = failure.Message,
            ["retry"] = EnumNames.Format(failure.Retry),
            ["billed"] = EnumNames.Format(failure.Billed),
        };
        json.AddIfPresent("retry_after_s", failure.RetryAfter is { } wait ? Math.Ceiling(wait.TotalSeconds) : null);
        json.AddIfPresent("argument", failure.Argument);
        json.AddIfPresent("nearest", failure.Nearest);
        json.AddIfPresent("request_id", failure.RequestId);
        return json;
    }

    private static double RoundShare(double share) => Math.Round(share, 6);

    private static JsonArray ToArray(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
