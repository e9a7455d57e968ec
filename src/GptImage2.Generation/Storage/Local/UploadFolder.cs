namespace GptImage2.Generation.Storage.Local;

/// <summary>Where uploads are, below the store's root.</summary>
internal static class UploadFolder
{
    /// <summary>Begins with a dot, as do all files that are not images to look through.</summary>
    public const string Name = ".uploads";

    private const string IdPrefix = "img_";

    /// <summary>Relative to the store's root. The name contains the id, like that of every image.</summary>
    public static string GetPath(string id, ImageFormat format) => $"{Name}/upload-{id[IdPrefix.Length..]}.{format.Extension}";
}
