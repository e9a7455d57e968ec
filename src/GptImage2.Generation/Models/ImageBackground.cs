using System.Text.Json.Serialization;

namespace GptImage2.Generation.Models;

/// <summary>What lies behind the subject.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageBackground>))]
public enum ImageBackground
{
    [JsonStringEnumMemberName("auto")]
    Auto,

    [JsonStringEnumMemberName("opaque")]
    Opaque,

    [JsonStringEnumMemberName("transparent")]
    Transparent,
}

public static class ImageBackgroundExtensions
{
    extension(ImageBackground background)
    {
        /// <summary>The name on the wire and in arguments.</summary>
        public string Name => background.ToString().ToLowerInvariant();
    }
}
