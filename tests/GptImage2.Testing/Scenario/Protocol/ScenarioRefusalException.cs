namespace GptImage2.Testing.Scenario.Protocol;

/// <summary>Thrown by the rules of the stand-in where Scenario would refuse.</summary>
public sealed class ScenarioRefusalException(int status, JsonObject body) : Exception(body.ToJsonString())
{
    public int Status { get; } = status;

    public JsonObject Body { get; } = body;

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The usual form: a reason.</summary>
    public static ScenarioRefusalException Reason(int status, string reason) => new(status, new JsonObject { ["reason"] = reason });
}
