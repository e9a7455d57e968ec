using GptImage2.Mcp.Tools.Arguments;

namespace GptImage2.Mcp.Server;

/// <summary>
/// Fixes what the SDK would answer with a bare "An error occurred" before any of our code has seen it: half an emoji
/// (clients that cut text send one), arguments sent as a text, and missing parameters.
/// </summary>
internal static class ParamsNormalizer
{
    public static McpMessageHandler Filter(McpMessageHandler next) => (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcRequest request)
        {
            Normalize(request);
        }

        return next(context, cancellationToken);
    };

    /// <exception cref="McpProtocolException">A parameter that the method cannot do without is missing.</exception>
    public static void Normalize(JsonRpcRequest request)
    {
        RequireText(request, "tools/call", "name");
        RequireText(request, "resources/read", "uri");
        if (request is { Method: "tools/call", Params: JsonObject parameters })
        {
            NormalizeArguments(parameters);
        }

        if (request.Method is "completion/complete")
        {
            NormalizeCompletion(request.Params as JsonObject);
        }
    }

    private static void RequireText(JsonRpcRequest request, string method, string name)
    {
        if (request.Method == method && (request.Params as JsonObject)?[name]?.GetValueKind() is not JsonValueKind.String)
        {
            throw new McpProtocolException($"{method}: expected params with a text {name}.", McpErrorCode.InvalidParams);
        }
    }

    private static void NormalizeCompletion(JsonObject? parameters)
    {
        foreach (var part in (string[])["ref", "argument"])
        {
            if (parameters?[part] is JsonObject whole && HasSurrogate(whole))
            {
                parameters[part] = ReplaceLoneSurrogates(whole);
            }
        }

        if (!IsReference(parameters?["ref"] as JsonObject) || parameters?["argument"] is not JsonObject argument || GetText(argument, "name") is null || GetText(argument, "value") is null)
        {
            throw new McpProtocolException(
                "completion/complete: expected params with a ref (type ref/prompt and a name, or type ref/resource and a uri) and an argument with a text name and a text value.",
                McpErrorCode.InvalidParams);
        }
    }

    private static bool IsReference(JsonObject? reference) => reference is not null && GetText(reference, "type") switch
    {
        "ref/prompt" => GetText(reference, "name") is not null,
        "ref/resource" => GetText(reference, "uri") is not null,
        _ => false,
    };

    private static string? GetText(JsonObject members, string name) => members[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static void NormalizeArguments(JsonObject parameters)
    {
        if (parameters["arguments"] is not { } arguments || (arguments is JsonObject && !HasSurrogate(arguments)))
        {
            return;
        }

        var readable = ReplaceLoneSurrogates(arguments);
        parameters["arguments"] = readable switch
        {
            JsonObject => readable,
            JsonValue value when value.TryGetValue<string>(out var text) && TryParseObject(text) is { } parsed => parsed,

            // Kept under a name that no tool has, so that the refusal names it.
            _ => new JsonObject { ["arguments"] = readable },
        };
    }

    /// <summary>Looks for the escape in the bytes as they came: nothing is decoded, for there may be megabytes of base64.</summary>
    private static bool HasSurrogate(JsonNode? node) => node switch
    {
        JsonObject members => members.Any(member => HasSurrogate(member.Value)),
        JsonArray items => items.Any(HasSurrogate),
        JsonValue value => value.TryGetValue<JsonElement>(out var element) && element.ValueKind is JsonValueKind.String && HasSurrogate(JsonMarshal.GetRawUtf8Value(element)),
        _ => false,
    };

    private static bool HasSurrogate(ReadOnlySpan<byte> text) => text.IndexOf("\\ud"u8) >= 0 || text.IndexOf("\\uD"u8) >= 0;

    /// <summary>The same value, every text of it readable.</summary>
    private static JsonNode? ReplaceLoneSurrogates(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, ReplaceLoneSurrogates(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(ReplaceLoneSurrogates)]),
        JsonValue value when HasSurrogate(value) => JsonNode.Parse(NestedJson.ReplaceLoneSurrogates(value.GetValue<JsonElement>().GetRawText())),
        _ => node?.DeepClone(),
    };

    private static JsonObject? TryParseObject(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            // Then it is only a text, and is refused as one.
            return null;
        }
    }
}
