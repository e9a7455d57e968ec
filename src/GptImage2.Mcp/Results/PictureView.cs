using System.Text.Json.Serialization;

namespace GptImage2.Mcp.Results;

/// <summary>What of the picture the result shows.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PictureView>))]
internal enum PictureView
{
    [JsonStringEnumMemberName("preview")]
    Preview,

    [JsonStringEnumMemberName("full")]
    Full,

    [JsonStringEnumMemberName("none")]
    None,
}
