using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Storage.Local;

/// <summary>Gives a complete file its final name. Its bytes are safe on disk and are never deleted.</summary>
internal sealed partial class FileCommitter(ImageFolder folder, ImageFileNaming names, string temporary, ILogger logger)
{
    /// <summary>Names it by its actual format, not by the requested one; what is not an image is put into quarantine under a name that says so.</summary>
    /// <exception cref="ImageException">It is not an image.</exception>
    /// <exception cref="IOException">It cannot be read or named.</exception>
    public StoredFile Commit(long length, string sha256)
    {
        var header = ReadHeader();
        var name = names.FinalName(header.Format.Extension);
        MoveToFinalName(name, sha256);
        return new StoredFile(folder.GetStoredPath(name), header.Format, header.Size, header.HasAlpha, length, sha256);
    }

    /// <returns>SHA-256 of its bytes, lower-case hexadecimal.</returns>
    public static string ComputeHash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private ImageInfo ReadHeader()
    {
        try
        {
            return ImageHeader.Read(EncodedImage.FromFile(temporary));
        }
        catch (Exception exception) when (!StorageErrors.IsStorageException(exception) && File.Exists(temporary))
        {
            var quarantine = folder.GetPath(names.QuarantineName(exception is UnreadableImageException ? "damaged" : "unread"));
            File.Move(temporary, quarantine, overwrite: true);
            throw StorageErrors.NotAnImage(exception, quarantine);
        }
    }

    private void MoveToFinalName(string name, string sha256)
    {
        var final = folder.GetPath(name);
        try
        {
            File.Move(temporary, final, overwrite: false);
        }
        catch (IOException) when (File.Exists(final))
        {
            ReplaceExisting(final, sha256);
        }

        if (names.Finished)
        {
            RemoveSiblings(name);
        }
    }

    /// <summary>The same image arrived twice. What can be made again is replaced; paid bytes that differ get a name of their own first.</summary>
    private void ReplaceExisting(string final, string sha256)
    {
        if (!names.Finished && ComputeHash(final) is var earlier && earlier != sha256)
        {
            File.Move(final, folder.GetPath(names.SupersededName(earlier)), overwrite: true);
        }

        File.Move(temporary, final, overwrite: true);
    }

    /// <summary>Post-processing again may result in another format; two files of one id would be ambiguous.</summary>
    private void RemoveSiblings(string name)
    {
        try
        {
            string[] kept = [name, Path.ChangeExtension(name, "json")];
            foreach (var other in Directory.GetFiles(folder.Absolute, names.SiblingPattern).Where(path => !kept.Contains(Path.GetFileName(path))))
            {
                File.Delete(other);
            }
        }
        catch (Exception exception) when (StorageErrors.IsStorageException(exception))
        {
            LogLeft(exception, names.Id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An earlier file of {Id} could not be removed")]
    private partial void LogLeft(Exception exception, string id);
}
