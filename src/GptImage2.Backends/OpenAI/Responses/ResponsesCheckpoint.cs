namespace GptImage2.Backends.OpenAI.Responses;

/// <summary>What it takes to find a request again: the responses that were ordered for it, one for each image.</summary>
/// <param name="Responses">Their ids in the order of the images, without those that ended without one.</param>
/// <param name="Sending">Whether a further one was being ordered, whose id is not known.</param>
/// <param name="WithoutImage">How many ended without an image.</param>
internal sealed record ResponsesCheckpoint(IReadOnlyList<string> Responses, bool Sending, int WithoutImage)
{
    /// <summary>How many were ordered, as far as it is known.</summary>
    public int Ordered => Responses.Count + WithoutImage;

    public string ToJson() => JsonSerializer.Serialize(this, ResponsesJsonContext.Default.ResponsesCheckpoint);

    /// <returns>Null where it is none of ours.</returns>
    public static ResponsesCheckpoint? TryParse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ResponsesJsonContext.Default.ResponsesCheckpoint);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ResponsesCheckpoint))]
internal sealed partial class ResponsesJsonContext : JsonSerializerContext;
