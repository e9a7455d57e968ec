using System.Text.Json.Serialization;

namespace GptImage2.Imaging.Compositing;

/// <summary>Whose pixels lie outside the region of an edit.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OutsidePixels>))]
public enum OutsidePixels
{
    /// <summary>The original's, bit for bit.</summary>
    [JsonStringEnumMemberName("keep")]
    Keep,

    /// <summary>The model's, which repaints whatever it was sent.</summary>
    [JsonStringEnumMemberName("model")]
    Model,
}
