using System.Security.Cryptography;
using GptImage2.Generation.Errors;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using Microsoft.Extensions.Logging;

namespace GptImage2.Generation.Storage.Local;

/// <summary>A file whose bytes are all there and safe on disk, still under its temporary name. It is never deleted.</summary>
internal sealed partial class FileCommitter(ImageFolder folder, ImageFileNaming names, string temporary, ILogger logger)
{
    /// <summary>Names it by what it is, not by what was asked for; what is no picture is put aside under a name that says so.</summary>
    /// <exception cref="ImageException">It is no picture.</exception>
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
            var aside = folder.GetPath(names.QuarantineName(exception is UnreadableImageException ? "damaged" : "unread"));
            File.Move(temporary, aside, overwrite: true);
            throw StorageErrors.NotAnImage(exception, aside);
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

    /// <summary>The same picture came twice. What can be made again gives way; paid bytes that differ get a name of their own first.</summary>
    private void ReplaceExisting(string final, string sha256)
    {
        if (!names.Finished && ComputeHash(final) is var earlier && earlier != sha256)
        {
            File.Move(final, folder.GetPath(names.SupersededName(earlier)), overwrite: true);
        }

        File.Move(temporary, final, overwrite: true);
    }

    /// <summary>Finishing again may end in another format; two files of one id would leave it open which is meant.</summary>
    private void RemoveSiblings(string name)
    {
        try
        {
            foreach (var other in Directory.GetFiles(folder.Absolute, names.SiblingPattern))
            {
                if (Path.GetFileName(other) != name && Path.GetFileName(other) != Path.ChangeExtension(name, "json"))
                {
                    File.Delete(other);
                }
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
