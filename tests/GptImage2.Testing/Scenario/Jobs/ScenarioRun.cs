using GptImage2.Testing.Scenario.Assets;

namespace GptImage2.Testing.Scenario.Jobs;

/// <summary>A job. It goes on when it is asked about, so that no test waits for a clock.</summary>
public sealed class ScenarioRun
{
    private readonly Lock _lock = new();
    private readonly JobScript _script;
    private readonly Func<IReadOnlyList<StoredAsset>> _draw;
    private int _polls;
    private bool _isOver;

    internal ScenarioRun(string id, ScenarioOrder order, JobScript script, DateTimeOffset created, Func<IReadOnlyList<StoredAsset>> draw) =>
        (Id, Order, _script, Created, _draw) = (id, order, script, created, draw);

    public string Id { get; }

    public ScenarioOrder Order { get; }

    public DateTimeOffset Created { get; }

    /// <summary>What it made; empty until it is over.</summary>
    public IReadOnlyList<StoredAsset> Assets { get; private set; } = [];

    /// <summary>How often it was asked about by its id.</summary>
    public int Polls => Volatile.Read(ref _polls);

    public decimal Cost => _script.Cost ?? Order.Cost;

    public bool IsOver => Volatile.Read(ref _isOver);

    /// <summary>What was given back.</summary>
    public decimal Refund => IsOver && _script is { End: not "success", DisableRefund: false } ? Cost : 0;

    /// <summary>Somebody asks: it goes on by a step.</summary>
    internal void Advance()
    {
        lock (_lock)
        {
            _polls++;
            if (_polls > _script.Statuses.Count && _script.Until.IsCompleted && !_isOver)
            {
                Assets = _script.End is "success" ? _draw() : [];
                _isOver = true;
            }
        }
    }

    internal JsonObject ToJson()
    {
        lock (_lock)
        {
            var status = _isOver ? _script.End : _script.Statuses[Math.Clamp(_polls - 1, 0, _script.Statuses.Count - 1)];
            var error = _isOver && _script.End is not "success" ? _script.Error : null;
            return new JsonObject
            {
                ["jobId"] = Id,
                ["jobType"] = "custom",
                ["status"] = status,
                ["progress"] = _isOver ? 1 : Math.Round((double)Math.Min(_polls, _script.Statuses.Count) / (_script.Statuses.Count + 1), 2),
                ["metadata"] = new JsonObject
                {
                    ["input"] = JsonNode.Parse(Order.Input.GetRawText()),
                    ["assetIds"] = new JsonArray([.. Assets.Select(asset => (JsonNode)asset.Id)]),
                    ["error"] = error,
                    ["modelId"] = Order.Model,
                },
                ["billing"] = new JsonObject { ["cuCost"] = Cost, ["cuDiscount"] = 0, ["disableRefund"] = _script.DisableRefund },
                ["createdAt"] = Created.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
                ["updatedAt"] = Created.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
                ["statusHistory"] = new JsonArray(new JsonObject { ["status"] = status }),
                ["authorId"] = "apiu_x",
                ["ownerId"] = "proj_x",
            };
        }
    }
}
