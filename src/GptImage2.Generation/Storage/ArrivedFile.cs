using GptImage2.Imaging;

namespace GptImage2.Generation.Storage;

/// <summary>A file whose bytes are all there and safe on disk, still under its temporary name. It is never deleted.</summary>
internal sealed class ArrivedFile(StoreFolder folder, FileNames names, string temporary)
{
    /// <summary>Names it by what it is, not by what was asked for; what is no picture is put aside under a name that says so.</summary>
    public KeptImage Keep(long length, string sha256)
    {
        var id = Id.ForImage();
        var header = ReadHeader(id);
        var path = names.Kept(id, header.Format.Extension);
        Rename(path);
        return new KeptImage(id, new StoredFile(path, header.Format, header.Size, header.HasAlpha, length, sha256));
    }

    private ImageInfo ReadHeader(string id)
    {
        try
        {
            return ImageHeader.Read(EncodedImage.FromFile(temporary));
        }
        catch (Exception exception)
        {
            var aside = Rename(names.SetAside(id, exception is UnreadableImageException ? "damaged" : "unread"));
            throw StoreFailures.NotAPicture(exception, aside);
        }
    }

    private string Rename(string path)
    {
        try
        {
            var final = folder.Absolute(path);
            File.Move(temporary, final, overwrite: false);
            return final;
        }
        catch (Exception exception) when (StoreFailures.IsForeseen(exception))
        {
            throw StoreFailures.NotRenamed(exception, temporary);
        }
    }
}
