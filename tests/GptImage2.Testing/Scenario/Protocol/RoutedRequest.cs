using GptImage2.Testing.OpenAI.Requests;
using Microsoft.AspNetCore.WebUtilities;

namespace GptImage2.Testing.Scenario.Protocol;

/// <summary>A request's route, the id in its path, and its query.</summary>
internal sealed record RoutedRequest(ScenarioRoute Route, string Id, IReadOnlyDictionary<string, string> Query)
{
    /// <summary>Signed addresses are another server's, which knows no accounts.</summary>
    public bool IsSigned => Route is ScenarioRoute.Part or ScenarioRoute.Download;

    /// <exception cref="ScenarioRefusalException">There is no such route, or it has no such parameter.</exception>
    public static RoutedRequest Parse(ReceivedRequest received)
    {
        var routed = Find(received) ?? throw new ScenarioRefusalException(404, new JsonObject { ["message"] = "Not Found" });
        return routed.Query.Keys.Except([.. GetParameters(routed.Route), "projectId"]).FirstOrDefault() is { } unknown
            ? throw ScenarioRefusalException.Reason(400, $"Unknown query parameter {unknown}")
            : routed;
    }

    /// <returns>Null where there is no such route.</returns>
    public static RoutedRequest? Find(ReceivedRequest received)
    {
        var (path, query) = received.Path.Split('?', 2) is [var before, var after] ? (before, after) : (received.Path, "");
        var parameters = QueryHelpers.ParseQuery(query).ToDictionary(member => member.Key, member => member.Value.ToString(), StringComparer.Ordinal);
        (ScenarioRoute Route, string Id)? found = (received.Method, path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
        {
            ("POST", ["v1", "generate", "custom", var model]) => (parameters.GetValueOrDefault("dryRun") is "true" ? ScenarioRoute.DryRun : ScenarioRoute.Run, model),
            ("GET", ["v1", "jobs"]) => (ScenarioRoute.Jobs, ""),
            ("GET", ["v1", "jobs", var job]) => (ScenarioRoute.Job, job),
            ("POST", ["v1", "jobs", var job, "action"]) => (ScenarioRoute.JobAction, job),
            ("GET", ["v1", "models", var model]) => (ScenarioRoute.Model, model),
            ("POST", ["v1", "assets"]) => (ScenarioRoute.SmallUpload, ""),
            ("GET", ["v1", "assets", var asset]) => (ScenarioRoute.Asset, asset),
            ("POST", ["v1", "uploads"]) => (ScenarioRoute.LargeUpload, ""),
            ("POST", ["v1", "uploads", var upload, "action"]) => (ScenarioRoute.UploadAction, upload),
            ("GET", ["v1", "uploads", var upload]) => (ScenarioRoute.Upload, upload),
            ("PUT", ["parts", var part]) => (ScenarioRoute.Part, part),
            ("GET", ["cdn", "assets" or "assets-transform", var file]) => (ScenarioRoute.Download, file),
            _ => null,
        };
        return found is { } known ? new RoutedRequest(known.Route, known.Id, parameters) : null;
    }

    private static string[] GetParameters(ScenarioRoute route) => route switch
    {
        ScenarioRoute.DryRun => ["dryRun"],
        ScenarioRoute.Jobs => ["status", "pageSize", "paginationToken", "hideResults"],
        ScenarioRoute.Asset => ["originalAssets"],
        ScenarioRoute.Part => ["X-Amz-Signature", "X-Amz-Expires"],
        ScenarioRoute.Download => ["Policy", "Signature", "Key-Pair-Id"],
        _ => [],
    };
}
