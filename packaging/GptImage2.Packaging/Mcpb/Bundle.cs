using System.Text.Encodings.Web;

namespace GptImage2.Packaging.Mcpb;

/// <summary>A bundle: a ZIP file with the manifest, the icon and the published server, whose executables stay executable.</summary>
internal static class Bundle
{
    /// <summary>Its path in the bundle.</summary>
    public const string Icon = "icon.png";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="published">Folder with the server.</param>
    /// <param name="repository">Folder with the icon and the licence.</param>
    public static async Task WriteAsync(string path, JsonObject manifest, string published, string repository, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = File.Create(path);
        await using var archive = await ZipFiles.CreateAsync(file, cancellationToken);
        await archive.AddAsync("manifest.json", new MemoryStream(Encoding.UTF8.GetBytes(manifest.ToJsonString(Readable))), PublishedFiles.Ordinary, cancellationToken);
        await archive.AddFileAsync(Icon, Path.Combine(repository, "assets", "icon.png"), PublishedFiles.Ordinary, cancellationToken);
        await archive.AddFileAsync("LICENSE", Path.Combine(repository, "LICENSE"), PublishedFiles.Ordinary, cancellationToken);
        foreach (var (name, source, mode) in PublishedFiles.Find(published))
        {
            await archive.AddFileAsync($"server/{name}", source, mode, cancellationToken);
        }
    }
}
