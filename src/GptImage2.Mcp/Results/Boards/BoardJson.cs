using GptImage2.Generation.Jobs;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Rendering;

namespace GptImage2.Mcp.Results.Boards;

/// <summary>A board's job, or its plan, as JSON.</summary>
internal static class BoardJson
{
    public static JsonObject FromJob(JobSnapshot job)
    {
        var board = job.Summary.Board!;
        return Create(board.Id, board.Title, job.Panels.Select(CreatePanel));
    }

    public static JsonObject FromPlan(JobPlan plan)
    {
        var board = plan.Board!;
        var drawn = plan.Panels.ToDictionary(panel => panel.Number);
        return Create(board.Changes is [_] ? null : board.Id, board.Title, board.Panels.Select((panel, index) => drawn.TryGetValue(index + 1, out var planned)
            ? new JsonObject
            {
                ["panel"] = planned.Number,
                ["state"] = "planned",
                ["prompt"] = planned.Plan.PromptAsSent,
                ["references"] = planned.Plan.Request.Images is [] ? null : new JsonArray([.. planned.Plan.Request.Images.Select(image => (JsonNode)(image.Cast is { } member ? $"@{member}" : image.Image))]),
                ["estimate_high"] = (planned.Plan.PriceWithKey ?? planned.Plan.Price).Estimate?.High,
                ["credits"] = planned.Plan.Price.Credits,
            }
            : new JsonObject { ["panel"] = index + 1, ["state"] = ToName(panel.Shown is null ? PanelState.Missing : PanelState.Kept), ["image"] = panel.Shown?.Image }));
    }

    private static JsonObject Create(string? id, string? title, IEnumerable<JsonObject> panels) => WithoutNulls(new JsonObject
    {
        ["id"] = id,
        ["title"] = title,
        ["panels"] = new JsonArray([.. panels.Select(WithoutNulls)]),
    });

    private static JsonObject CreatePanel(PanelResult panel) => new()
    {
        ["panel"] = panel.Number,
        ["state"] = ToName(panel.State),
        ["image"] = panel.Image,
        ["version"] = panel.Version,
        ["versions"] = panel.Versions,
        ["job"] = panel.Job,
        ["usd"] = panel.Usd,
        ["credits"] = panel.Credits,
        ["failure"] = panel.Failure is not { } failure ? null : WithoutNulls(new JsonObject
        {
            ["code"] = ToName(failure.Code),
            ["message"] = failure.Message,
            ["billed"] = ToName(failure.Billed),
            ["request_id"] = failure.RequestId,
        }),
    };

    private static string ToName<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static JsonObject WithoutNulls(JsonObject json)
    {
        foreach (var (name, _) in json.Where(member => member.Value is null).ToArray())
        {
            json.Remove(name);
        }

        return json;
    }
}
