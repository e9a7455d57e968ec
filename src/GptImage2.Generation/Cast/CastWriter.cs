using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;
using Microsoft.Win32.SafeHandles;

namespace GptImage2.Generation.Cast;

/// <summary>Writes an entry: its images first, then the file that names them, in one step. Files of older versions stay.</summary>
internal static class CastWriter
{
    private const string DeletedFolder = ".deleted";

    /// <param name="before">The entry as it is, whose file is kept under the number of its version.</param>
    /// <param name="inherited">Opens the images that the entry has already, where they are not in this folder; null for one that is gone.</param>
    /// <exception cref="ImageException">It cannot be written; the entry is what it was.</exception>
    public static void Write(string folder, CastEntry entry, CastEntry? before, IReadOnlyList<(string File, EncodedImage Image)> files, Func<string, SafeFileHandle?>? inherited)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var (file, image) in files)
            {
                Put(folder, file, target =>
                {
                    using var source = image.OpenRead();
                    source.CopyTo(target);
                });
            }

            foreach (var file in inherited is null ? [] : entry.AllImages.Select(image => image.File).Where(file => !File.Exists(Path.Combine(folder, file))).Distinct().ToArray())
            {
                Put(folder, file, target =>
                {
                    using var opened = inherited!(file) ?? throw CastErrors.ImageGone(entry.Name, file);
                    using var source = new FileStream(opened, FileAccess.Read);
                    source.CopyTo(target);
                });
            }

            var current = Path.Combine(folder, CastFolder.FileName);
            if (before is not null && File.Exists(current))
            {
                File.Copy(current, Path.Combine(folder, $"cast.v{before.Version}.json"), overwrite: true);
            }

            Put(folder, CastFolder.FileName, target => JsonSerializer.Serialize(target, entry, CastJsonContext.Readable.CastEntry), replace: true);
        }
        catch (Exception broken) when (StorageErrors.IsStorageException(broken))
        {
            throw CastErrors.NotWritten(folder, broken);
        }
    }

    /// <returns>Where it is now.</returns>
    /// <exception cref="ImageException">It cannot be moved.</exception>
    public static string MoveAway(CastFolder folder, string key, CastEntry entry, DateTimeOffset now)
    {
        var target = Path.Combine(folder.Path, DeletedFolder, FormattableString.Invariant($"{key}-v{entry.Version}-{now:yyyyMMdd-HHmmss}"));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Directory.Move(folder.GetEntryFolder(key), target);
            return target;
        }
        catch (Exception broken) when (StorageErrors.IsStorageException(broken))
        {
            throw CastErrors.NotWritten(folder.Path, broken);
        }
    }

    /// <summary>A file is there whole or not at all; what is named by its content and there already is not written again.</summary>
    private static void Put(string folder, string name, Action<Stream> write, bool replace = false)
    {
        var path = Path.Combine(folder, name);
        if (!replace && File.Exists(path))
        {
            return;
        }

        var temporary = Path.Combine(folder, $".{RandomNumberGenerator.GetHexString(16, lowercase: true)}.part");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: replace);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
