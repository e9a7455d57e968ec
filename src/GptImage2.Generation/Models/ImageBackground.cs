using GptImage2.Generation.Json;

namespace GptImage2.Generation.Models;

/// <summary>What is behind the subject.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ImageBackground>))]
public enum ImageBackground
{
    Auto,
    Opaque,
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
