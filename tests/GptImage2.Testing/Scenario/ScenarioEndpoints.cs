using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.Scenario.Assets;
using GptImage2.Testing.Scenario.Jobs;
using GptImage2.Testing.Scenario.Protocol;

namespace GptImage2.Testing.Scenario;

/// <summary>Finds the truth about a request: does what it asks, and words the answer.</summary>
internal sealed class ScenarioEndpoints(ScenarioJobs jobs, ScenarioAssets assets, ScenarioUploads uploads)
{
    /// <param name="change">Changes an answer in JSON; null leaves it.</param>
    /// <exception cref="ScenarioRefusalException">Scenario would refuse.</exception>
    public (int Status, string Type, byte[] Body) Answer(RoutedRequest routed, ReceivedRequest received, int dryRunStatus, Action<JsonObject>? change)
    {
        switch (routed.Route)
        {
            case ScenarioRoute.Download:
                return (200, "image/png", assets.Open(routed.Id, routed.Query.GetValueOrDefault("Signature", "")));
            case ScenarioRoute.Part:
                uploads.Put(routed.Id, received.Bytes);
                return (200, "application/xml", []);
        }

        var answer = AnswerJson(routed, received);
        var status = 200;
        if (routed.Route is ScenarioRoute.DryRun)
        {
            status = dryRunStatus;
            answer = status is 402 ? new JsonObject { ["statusCode"] = 402, ["message"] = "Dry run completed", ["estimatedCost"] = answer["creativeUnitsCost"]!.DeepClone() } : answer;
        }

        change?.Invoke(answer);
        return (status, "application/json", Encoding.UTF8.GetBytes(answer.ToJsonString()));
    }

    private JsonObject AnswerJson(RoutedRequest routed, ReceivedRequest received) => routed.Route switch
    {
        ScenarioRoute.DryRun => jobs.Price(routed.Id, ReadBody(received)),
        ScenarioRoute.Run => jobs.Start(routed.Id, ReadBody(received)),
        ScenarioRoute.Job => jobs.Get(routed.Id),
        ScenarioRoute.Jobs => jobs.List(routed.Query),
        ScenarioRoute.JobAction => jobs.Act(routed.Id),
        ScenarioRoute.Model => ModelSchema.Find(routed.Id).ToJson(),
        ScenarioRoute.SmallUpload => assets.Upload(ReadBody(received)),
        ScenarioRoute.Asset => assets.Get(routed.Id, routed.Query.GetValueOrDefault("originalAssets") is "true"),
        ScenarioRoute.LargeUpload => uploads.Start(ReadBody(received)),
        ScenarioRoute.UploadAction => uploads.Act(routed.Id, ReadBody(received)),
        _ => uploads.Get(routed.Id),
    };

    private static JsonElement ReadBody(ReceivedRequest received)
    {
        try
        {
            return received.Headers.GetValueOrDefault("Content-Type", "").StartsWith("application/json", StringComparison.Ordinal)
                ? received.Json
                : throw ScenarioRefusalException.Reason(400, "Content-Type must be application/json");
        }
        catch (JsonException)
        {
            throw ScenarioRefusalException.Reason(400, "Body is not valid JSON");
        }
    }
}
