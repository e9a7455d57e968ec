using System.IO.Compression;
using System.Text.Encodings.Web;

namespace GptImage2.Packaging.Mcpb;

/// <summary>A bundle: a ZIP file with the manifest, the icon and the published server, whose executables stay executable.</summary>
internal static class Bundle
{
    /// <summary>Its path in the bundle.</summary>
    public const string Icon = "icon.png";

    private const UnixFileMode Ordinary = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Ordinary | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The bit of a regular file, above those of its mode.</summary>
    private const int RegularFile = 0x8000;

    /// <summary>The first moment that a ZIP file can tell, so that equal contents make equal bundles.</summary>
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="published">Folder with the server.</param>
    /// <param name="repository">Folder with the icon and the licence.</param>
    public static async Task WriteAsync(string path, JsonObject manifest, string published, string repository, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = File.Create(path);
        await using var archive = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: false, entryNameEncoding: null, cancellationToken);
        await AddAsync(archive, "manifest.json", new MemoryStream(Encoding.UTF8.GetBytes(manifest.ToJsonString(Readable))), Ordinary, cancellationToken);
        await AddFileAsync(archive, Icon, Path.Combine(repository, "assets", "icon.png"), Ordinary, cancellationToken);
        await AddFileAsync(archive, "LICENSE", Path.Combine(repository, "LICENSE"), Ordinary, cancellationToken);
        foreach (var source in Directory.EnumerateFiles(published, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(published, source).Replace('\\', '/');
            await AddFileAsync(archive, $"server/{name}", source, IsExecutable(name) ? Executable : Ordinary, cancellationToken);
        }
    }

    /// <summary>By its name, because a bundle for Unix may be made on Windows: programs have no extension and lie beside each other.</summary>
    private static bool IsExecutable(string name) => name.StartsWith("gptimage2-mcp", StringComparison.Ordinal) && Path.GetExtension(name) is "" or ".exe";

    private static async Task AddFileAsync(ZipArchive archive, string name, string source, UnixFileMode mode, CancellationToken cancellationToken)
    {
        await using var bytes = File.OpenRead(source);
        await AddAsync(archive, name, bytes, mode, cancellationToken);
    }

    private static async Task AddAsync(ZipArchive archive, string name, Stream bytes, UnixFileMode mode, CancellationToken cancellationToken)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Timeless;
        entry.ExternalAttributes = (RegularFile | (int)mode) << 16;
        await using var target = await entry.OpenAsync(cancellationToken);
        await bytes.CopyToAsync(target, cancellationToken);
    }
}
