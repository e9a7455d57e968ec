namespace GptImage2.Mcp.Results;

/// <summary>How much of an image the result shows.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageViewMode>))]
internal enum ImageViewMode
{
    [JsonStringEnumMemberName("preview")]
    Preview,

    [JsonStringEnumMemberName("full")]
    Full,

    [JsonStringEnumMemberName("none")]
    None,
}
