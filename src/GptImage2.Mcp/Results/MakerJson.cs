using System.Text.Json.Nodes;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Spending;
using GptImage2.Generation.Storage;

namespace GptImage2.Mcp.Results;

/// <summary>A job as JSON. It stands alone: some clients show nothing else.</summary>
internal sealed class MakerJson(IImageStore store)
{
    /// <summary>Only what is always there, and the closed lists; without descriptions, because every client reads it.</summary>
    public static JsonObject Schema() => Results.Schema.Object(
        new JsonObject
        {
            ["summary"] = Results.Schema.Of("string"),
            ["job"] = Results.Schema.Object(
                new JsonObject { ["status"] = Results.Schema.OneOf(null, Names.All<JobStatus>()) },
                "status"),
            ["images"] = Results.Schema.List(Results.Schema.Object(
                new JsonObject { ["id"] = Results.Schema.Of("string"), ["uri"] = Results.Schema.Of("string") },
                "id",
                "uri")),
            ["warnings"] = Results.Schema.List(Results.Schema.Of("string")),
        },
        "summary",
        "job",
        "images",
        "warnings");

    /// <summary>The same for a further tool, only as deep as clients need that check results against it.</summary>
    public static JsonObject ShortSchema() => Results.Schema.Object(
        new JsonObject
        {
            ["summary"] = Results.Schema.Of("string"),
            ["job"] = Results.Schema.Of("object"),
            ["images"] = Results.Schema.List(Results.Schema.Of("object")),
            ["warnings"] = Results.Schema.List(Results.Schema.Of("string")),
        },
        "summary",
        "job",
        "images",
        "warnings");

    public JsonObject Job(JobSnapshot view, string summary, IEnumerable<string> warnings, ShownPicture? shot, JsonObject? next)
    {
        var json = Frame(summary, view.Status, view.Id, view.Images.Select(image => Image(image, shot)), warnings);
        AddOrder(json, view.Summary);
        json["cost"] = Cost(view.Summary.Price, view.IsOver ? view.Usd : null, view.Failure?.Billed is Billing.Unknown);
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
            json["failure"] = Failure(failure);
        }

        return json;
    }

    public static JsonObject Plan(JobPlan plan, string summary, IEnumerable<string> warnings)
    {
        var json = Frame(summary, JobStatus.Planned, null, [], warnings);
        AddOrder(json, JobSummary.FromPlan(plan));
        json["cost"] = Cost(plan.Price, null, doubtful: false);
        return json;
    }

    public static JsonObject Refusal(Failure failure, string summary)
    {
        var json = Frame(summary, JobStatus.Failed, null, [], []);
        json["failure"] = Failure(failure);
        return json;
    }

    private static JsonObject Frame(string summary, JobStatus status, string? id, IEnumerable<JsonNode> images, IEnumerable<string> warnings)
    {
        var job = new JsonObject { ["status"] = Names.Of(status) };
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

    private static void AddOrder(JsonObject json, JobSummary order)
    {
        json["model"] = order.Model;
        json["backend"] = order.Backend;
        if (order.PromptAsSent is { } sent)
        {
            json["prompt"] = sent;
        }

        if (order.Part is { } part)
        {
            json["region"] = Region(part);
        }
    }

    /// <summary>What of the picture is sent, and how it lies on the canvas.</summary>
    private static JsonObject Region(RegionSummary part) => new()
    {
        ["coverage"] = Share(part.Coverage),
        ["feather"] = part.Feather,
        ["sent_x"] = part.Left,
        ["sent_y"] = part.Top,
        ["sent_width"] = part.Width,
        ["sent_height"] = part.Height,
        ["scale"] = Math.Round(part.Scale, 4),
        ["canvas"] = part.Canvas.ToString(),
    };

    private static double Share(double share) => Math.Round(share, 6);

    private JsonObject Image(DeliveredImage image, ShownPicture? shot)
    {
        var file = image.Record.File;
        var json = ImageJson.Of(image.Record);
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
                ["coverage"] = Share(region.Coverage),
                ["changed_inside"] = Share(region.ChangedInside),
                ["changed_outside"] = Share(region.ChangedOutside),
            };
        }

        if (image.Record.SeeThrough is { } share)
        {
            json["see_through"] = Share(share);
        }

        if (shot?.SingleSize is { } preview)
        {
            json["preview_width"] = preview.Width;
            json["preview_height"] = preview.Height;
        }

        return json;
    }

    /// <param name="doubtful">Whether nobody knows if it was billed.</param>
    private static JsonObject Cost(Price price, decimal? actual, bool doubtful)
    {
        var json = new JsonObject { ["unit"] = Names.Of(price.Unit) };
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

    private static JsonObject Failure(Failure failure)
    {
        var json = new JsonObject
        {
            ["code"] = Names.Of(failure.Code),
            ["message"] = failure.Message,
            ["retry"] = Names.Of(failure.Retry),
            ["billed"] = Names.Of(failure.Billed),
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
