using Microsoft.AspNetCore.Http;

namespace GptImage2.Testing.Scenario.Protocol;

/// <summary>Who may ask: an API key with its secret, or a bearer token, and a project that the key may work in.</summary>
internal sealed class ScenarioAccess(ScenarioAccount account)
{
    /// <exception cref="ScenarioRefusalException">Not this one.</exception>
    public void Check(HttpRequest request, RoutedRequest routed)
    {
        var authorization = request.Headers.Authorization.ToString();
        if (routed.IsSigned)
        {
            // The signature is the only key there: a second one is an error, as at S3 and CloudFront.
            if (authorization is not "")
            {
                throw new ScenarioRefusalException(400, new JsonObject { ["message"] = "Only one auth mechanism allowed" });
            }

            return;
        }

        if (authorization.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            if (authorization != $"Bearer {account.Token}")
            {
                throw new ScenarioRefusalException(403, new JsonObject { ["Message"] = "User is not authorized to access this resource with an explicit deny" })
                {
                    Headers = new Dictionary<string, string> { ["x-amzn-errortype"] = "AccessDeniedException" },
                };
            }
        }
        else if (authorization != $"Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes($"{account.Key}:{account.KeySecret}"))}")
        {
            throw new ScenarioRefusalException(401, new JsonObject { ["message"] = "Unauthorized" });
        }

        if (routed.Query.TryGetValue("projectId", out var project) && project != account.ProjectId)
        {
            throw ScenarioRefusalException.Reason(403, "You are not allowed to access this project");
        }
    }
}
