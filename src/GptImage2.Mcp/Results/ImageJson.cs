using GptImage2.Generation.Storage;

namespace GptImage2.Mcp.Results;

/// <summary>The facts of a stored image as JSON.</summary>
internal static class ImageJson
{
    public static JsonObject Create(ImageRecord record) => new()
    {
        ["id"] = record.Id,
        ["uri"] = ImageUri.FromId(record.Id),
        ["width"] = record.File.Size.Width,
        ["height"] = record.File.Size.Height,
        ["format"] = record.File.Format.ToString().ToLowerInvariant(),
        ["bytes"] = record.File.Bytes,
        ["sha256"] = record.File.Sha256,
    };
}

/// <summary>The URIs of an image.</summary>
internal static class ImageUri
{
    public const string Scheme = "image://";

    public static string FromId(string id) => Scheme + id;
}
