using GptImage2.Generation.Json;

namespace GptImage2.Generation.Models;

/// <summary>How much effort the model spends, cheapest first; <see cref="Auto"/> leaves the choice, and the price, to the service.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ImageQuality>))]
public enum ImageQuality
{
    Auto,
    Low,
    Medium,
    High,
    Xhigh,
    Max,
}

public static class ImageQualityExtensions
{
    extension(ImageQuality quality)
    {
        /// <summary>The name on the wire and in arguments.</summary>
        public string Name => quality.ToString().ToLowerInvariant();
    }
}
