using System.Text.Json.Nodes;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;
using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Results;

/// <summary>A job as JSON. It stands alone: some clients show nothing else.</summary>
internal sealed class JobResultJson(IImageStore store)
{
    /// <summary>Only what is always there, and the closed lists; without descriptions, because every client reads it.</summary>
    public static JsonObject CreateSchema() => SchemaBuilder.Object(
        new JsonObject
        {
            ["summary"] = SchemaBuilder.Typed("string"),
            ["job"] = SchemaBuilder.Object(
                new JsonObject { ["status"] = SchemaBuilder.OneOf(null, EnumNames.All<JobStatus>()) },
                "status"),
            ["images"] = SchemaBuilder.List(SchemaBuilder.Object(
                new JsonObject { ["id"] = SchemaBuilder.Typed("string"), ["uri"] = SchemaBuilder.Typed("string") },
                "id",
                "uri")),
            ["warnings"] = SchemaBuilder.List(SchemaBuilder.Typed("string")),
        },
        "summary",
        "job",
        "images",
        "warnings");

    /// <summary>The same for a further tool, only as deep as clients need that check results against it.</summary>
    public static JsonObject CreateShortSchema() => SchemaBuilder.Object(
        new JsonObject
        {
            ["summary"] = SchemaBuilder.Typed("string"),
            ["job"] = SchemaBuilder.Typed("object"),
            ["images"] = SchemaBuilder.List(SchemaBuilder.Typed("object")),
            ["warnings"] = SchemaBuilder.List(SchemaBuilder.Typed("string")),
        },
        "summary",
        "job",
        "images",
        "warnings");

    public JsonObject FromJob(JobSnapshot view, string summary, IEnumerable<string> warnings, ImageContent? shot, JsonObject? next)
    {
        var json = CreateFrame(summary, view.Status, view.Id, view.Images.Select(image => CreateImage(image, shot)), warnings);
        AddSummary(json, view.Summary);
        json["cost"] = CreateCost(view.Summary.Price, view.IsOver ? view.Usd : null, view.Failure?.Billed is Billing.Unknown);
        if (view.Outcome?.Usage is { } usage)
        {
            json["usage"] = new JsonObject { ["text_in"] = usage.TextIn, ["image_in"] = usage.ImageIn, ["out"] = usage.Out };
        }

        if (next is not null)
        {
            json["next"] = new JsonArray(next);
        }

        if (view.Failure is { } failure)
        {
            json["failure"] = CreateFailure(failure);
        }

        return json;
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
        if (id is not null)
        {
            job["id"] = id;
        }

        return new JsonObject
        {
            ["summary"] = summary,
            ["job"] = job,
            ["images"] = new JsonArray([.. images]),
            ["warnings"] = new JsonArray([.. warnings.Select(warning => (JsonNode)warning)]),
        };
    }

    private static void AddSummary(JsonObject json, JobSummary order)
    {
        json["model"] = order.Model;
        json["backend"] = order.Backend;
        if (order.PromptAsSent is { } sent)
        {
            json["prompt"] = sent;
        }

        if (order.Part is { } part)
        {
            json["region"] = CreateRegion(part);
        }
    }

    /// <summary>What of the picture is sent, and how it lies on the canvas.</summary>
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

    private static double RoundShare(double share) => Math.Round(share, 6);

    private JsonObject CreateImage(DeliveredImage image, ImageContent? shot)
    {
        var file = image.Record.File;
        var json = ImageJson.Create(image.Record);
        json["n"] = image.Record.Number;
        if (store.GetAbsolutePath(file) is { } path)
        {
            json["path"] = path;
        }

        if (image.Copies is not [])
        {
            json["copies"] = new JsonArray([.. image.Copies.Select(copy => (JsonNode)copy)]);
        }

        if (image.Record.Region is { } region)
        {
            json["region"] = new JsonObject
            {
                ["coverage"] = RoundShare(region.Coverage),
                ["changed_inside"] = RoundShare(region.ChangedInside),
                ["changed_outside"] = RoundShare(region.ChangedOutside),
            };
        }

        if (image.Record.SeeThrough is { } share)
        {
            json["see_through"] = RoundShare(share);
        }

        if (shot?.SingleSize is { } preview)
        {
            json["preview_width"] = preview.Width;
            json["preview_height"] = preview.Height;
        }

        return json;
    }

    /// <param name="doubtful">Whether nobody knows if it was billed.</param>
    private static JsonObject CreateCost(Price price, decimal? actual, bool doubtful)
    {
        var json = new JsonObject { ["unit"] = EnumNames.Format(price.Unit) };
        if (price.Estimate is { } estimate)
        {
            json["estimate_low"] = estimate.Low;
            json["estimate_high"] = estimate.High;
        }

        if (actual is { } usd)
        {
            json["actual"] = usd;
        }

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

        Add("retry_after_s", failure.RetryAfter is { } wait ? Math.Ceiling(wait.TotalSeconds) : null);
        Add("argument", failure.Argument);
        Add("nearest", failure.Nearest);
        Add("request_id", failure.RequestId);
        return json;

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }
    }
}
