namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>Asks the person behind the client. The call ends with the question and comes again with the answer, so nothing waits meanwhile.</summary>
internal static class UserConsent
{
    private const string ResponseKey = "confirm";

    /// <returns>The answer, or null where the client cannot ask its user.</returns>
    /// <exception cref="InputRequiredException">The question is on its way.</exception>
    public static bool? AskUser(RequestContext<CallToolRequestParams> request, string question)
    {
        var about = ComputeState(request.Params, question);
        if (request.Params.RequestState == about && request.Params.InputResponses?.TryGetValue(ResponseKey, out var response) is true)
        {
            return response.Deserialize(InputResponse.ElicitResultJsonTypeInfo)?.IsAccepted is true;
        }

        if (request.Server.ClientCapabilities?.Elicitation is null)
        {
            return null;
        }

        var asked = InputRequest.ForElicitation(new ElicitRequestParams
        {
            Mode = "form",
            Message = question,
            RequestedSchema = new() { Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>() },
        });
        throw new InputRequiredException(new Dictionary<string, InputRequest> { [ResponseKey] = asked }, about);
    }

    /// <summary>An answer holds for the very call and the very price that it was asked about.</summary>
    private static string ComputeState(CallToolRequestParams call, string question)
    {
        var arguments = (call.Arguments ?? new Dictionary<string, JsonElement>()).OrderBy(argument => argument.Key, StringComparer.Ordinal);
        var text = string.Join('\n', [call.Name, question, .. arguments.Select(argument => $"{argument.Key}={argument.Value.GetRawText()}")]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
