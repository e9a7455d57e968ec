using GptImage2.Testing.Scenario.Assets;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Testing.Scenario.Jobs;

/// <summary>Prices, runs and lists jobs, and keeps the books.</summary>
internal sealed class ScenarioJobs(ScenarioAccount account, ScenarioAssets assets, Func<ScenarioOrder, int, byte[]> draw)
{
    private const int MaxPage = 200;

    /// <summary>One starts after the other, so that no two get the same id, the last credit or the last place.</summary>
    private readonly Lock _starting = new();
    private readonly ConcurrentQueue<JobScript> _scripts = new();
    private readonly ConcurrentQueue<ScenarioRun> _runs = new();

    public IReadOnlyList<ScenarioRun> Runs => [.. _runs];

    /// <summary>Creative units that were taken for jobs, whatever became of them.</summary>
    public decimal Charged => _runs.Sum(run => run.Cost);

    /// <summary>Creative units that were given back.</summary>
    public decimal Refunded => _runs.Sum(run => run.Refund);

    public void Plan(JobScript script) => _scripts.Enqueue(script);

    public JsonObject Price(string model, JsonElement input) => new() { ["job"] = new JsonObject(), ["creativeUnitsCost"] = Read(model, input).Cost, ["creativeUnitsDiscount"] = 0 };

    public JsonObject Start(string model, JsonElement input)
    {
        var order = Read(model, input);
        lock (_starting)
        {
            return Start(order);
        }
    }

    public JsonObject Get(string id)
    {
        var run = Find(id);
        run.Advance();
        return new JsonObject { ["job"] = run.ToJson() };
    }

    /// <summary>Newest first, as many as a page has.</summary>
    public JsonObject List(IReadOnlyDictionary<string, string> query)
    {
        var size = ReadNumber(query, "pageSize", 50);
        var skip = ReadNumber(query, "paginationToken", 0);
        if (size is < 1 or > MaxPage)
        {
            throw ScenarioRefusalException.Reason(400, $"pageSize must be between 1 and {MaxPage}");
        }

        ScenarioRun[] all = [.. _runs.Reverse()];
        var page = new JsonObject { ["jobs"] = new JsonArray([.. all.Skip(skip).Take(size).Select(run => (JsonNode)run.ToJson())]) };
        if (skip + size < all.Length)
        {
            page["nextPaginationToken"] = $"{skip + size}";
        }

        return page;
    }

    /// <summary>Jobs of these models cannot be cancelled (measured by others, 2026-09).</summary>
    public JsonObject Act(string id) => throw (Find(id) is not null
        ? ScenarioRefusalException.Reason(400, "Cannot cancel this type of job. Action not permitted.")
        : ScenarioRefusalException.Reason(404, "Job not found"));

    private ScenarioRun Find(string id) => _runs.FirstOrDefault(run => run.Id == id) ?? throw ScenarioRefusalException.Reason(404, "Job not found");

    private ScenarioOrder Read(string model, JsonElement input)
    {
        var schema = ModelSchema.Find(model);
        if (account.RequiredPlan is { } plan)
        {
            throw new ScenarioRefusalException(403, new JsonObject
            {
                ["name"] = "ModelAccessRestrictedError",
                ["modelId"] = model,
                ["requiredPlan"] = plan,
                ["reason"] = "Your plan does not include this model",
                ["trace_id"] = "trace_0123",
            });
        }

        schema.Check(input);
        var order = ScenarioOrder.Read(model, input, assets.Find);
        return order.Mask is { } mask && mask.Size != order.References[0].Size
            ? throw ScenarioRefusalException.Reason(400, "The mask must have the size of the first reference image")
            : order;
    }

    private JsonObject Start(ScenarioOrder order)
    {
        if (account.MaxConcurrentJobs is { } most && _runs.Count(run => !run.IsOver) >= most)
        {
            throw new ScenarioRefusalException(429, new JsonObject
            {
                ["reason"] = "Too many concurrent jobs",
                ["details"] = new JsonObject { ["actionName"] = "custom-generation", ["actionLimit"] = most },
                ["trace_id"] = "trace_0123",
            });
        }

        if (account.Credits is { } credits && order.Cost > credits - Charged + Refunded)
        {
            throw ScenarioRefusalException.Reason(402, "Not enough creative units");
        }

        var script = _scripts.TryDequeue(out var planned) ? planned : new JobScript();
        var run = new ScenarioRun($"job_{_runs.Count + 1:0000}", order, script, account.Now, () => Draw(order, script));
        _runs.Enqueue(run);
        return new JsonObject { ["job"] = run.ToJson(), ["creativeUnitsCost"] = order.Cost, ["creativeUnitsDiscount"] = 0 };
    }

    private IReadOnlyList<StoredAsset> Draw(ScenarioOrder order, JobScript script)
    {
        var drawn = script.Size is { } size ? order with { Size = size } : order;
        return [.. Enumerable.Range(0, script.Count ?? order.Count).Select(index => assets.AddDrawn(draw(drawn, index)))];
    }

    private static int ReadNumber(IReadOnlyDictionary<string, string> query, string name, int without) =>
        !query.TryGetValue(name, out var text) ? without
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw ScenarioRefusalException.Reason(400, $"{name} is not valid");
}
