namespace GptImage2.Imaging;

/// <summary>Known image formats. All are read if the loaded libvips can decode them; PNG, JPEG and WebP are written.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ImageFormat>))]
public enum ImageFormat
{
    [JsonStringEnumMemberName("png")]
    Png,

    [JsonStringEnumMemberName("jpeg")]
    Jpeg,

    [JsonStringEnumMemberName("webp")]
    Webp,

    [JsonStringEnumMemberName("gif")]
    Gif,

    [JsonStringEnumMemberName("heif")]
    Heif,

    [JsonStringEnumMemberName("tiff")]
    Tiff,

    /// <summary>A HEIF file that is coded by AV1.</summary>
    [JsonStringEnumMemberName("avif")]
    Avif,
}

public static class ImageFormatExtensions
{
    extension(ImageFormat format)
    {
        /// <summary>The name in arguments and on the wire.</summary>
        public string Name => format.ToString().ToLowerInvariant();

        /// <summary>The usual file extension, without a dot.</summary>
        public string Extension => format is ImageFormat.Jpeg ? "jpg" : format.Name;

        /// <summary>The media type, for example image/png.</summary>
        public string MediaType => $"image/{format.Name}";
    }
}
