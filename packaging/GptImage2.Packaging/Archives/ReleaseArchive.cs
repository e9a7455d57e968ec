using System.Formats.Tar;
using System.IO.Compression;

namespace GptImage2.Packaging.Archives;

/// <summary>The published server and the licence in one folder of the archive's own name: a ZIP file for Windows, a tar file for all others.</summary>
internal static class ReleaseArchive
{
    private const string Zip = ".zip";
    private const string Tar = ".tar.gz";

    /// <param name="path">Ends in .zip or .tar.gz.</param>
    /// <param name="published">Folder with the server.</param>
    /// <param name="repository">Folder with the licence.</param>
    public static async Task WriteAsync(string path, string published, string repository, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var isZip = path.EndsWith(Zip, StringComparison.Ordinal);
        var folder = Path.GetFileName(path)[..^(isZip ? Zip : Tar).Length];
        var files = PublishedFiles.Find(published).Append(("LICENSE", Path.Combine(repository, "LICENSE"), PublishedFiles.Ordinary)).Select(file => ($"{folder}/{file.Item1}", file.Item2, file.Item3));
        await using var archive = File.Create(path);
        await (isZip ? WriteZipAsync(archive, files, cancellationToken) : WriteTarAsync(archive, files, cancellationToken));
    }

    private static async Task WriteZipAsync(Stream target, IEnumerable<(string Name, string Source, UnixFileMode Mode)> files, CancellationToken cancellationToken)
    {
        await using var zip = await ZipFiles.CreateAsync(target, cancellationToken);
        foreach (var (name, source, mode) in files)
        {
            await zip.AddFileAsync(name, source, mode, cancellationToken);
        }
    }

    /// <summary>Owned by root and nobody else's name, because an archive tells whose machine made it otherwise.</summary>
    private static async Task WriteTarAsync(Stream target, IEnumerable<(string Name, string Source, UnixFileMode Mode)> files, CancellationToken cancellationToken)
    {
        await using var compressed = new GZipStream(target, CompressionLevel.Optimal);
        await using var tar = new TarWriter(compressed, TarEntryFormat.Ustar);
        foreach (var (name, source, mode) in files)
        {
            await using var bytes = File.OpenRead(source);
            await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { Mode = mode, ModificationTime = PublishedFiles.Timeless, DataStream = bytes }, cancellationToken);
        }
    }
}
