using System.IO.Compression;

namespace GptImage2.Packaging;

/// <summary>Files in a ZIP archive that tells no time and no maker, and keeps what may be executed.</summary>
internal static class ZipFiles
{
    /// <summary>The bit of a regular file, above those of its mode.</summary>
    private const int RegularFile = 0x8000;

    public static Task<ZipArchive> CreateAsync(Stream file, CancellationToken cancellationToken) =>
        ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: false, entryNameEncoding: null, cancellationToken);

    public static async Task AddFileAsync(this ZipArchive archive, string name, string source, UnixFileMode mode, CancellationToken cancellationToken)
    {
        await using var bytes = File.OpenRead(source);
        await archive.AddAsync(name, bytes, mode, cancellationToken);
    }

    public static async Task AddAsync(this ZipArchive archive, string name, Stream bytes, UnixFileMode mode, CancellationToken cancellationToken)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = PublishedFiles.Timeless;
        entry.ExternalAttributes = (RegularFile | (int)mode) << 16;
        await using var target = await entry.OpenAsync(cancellationToken);
        await bytes.CopyToAsync(target, cancellationToken);
    }
}
