using GptImage2.Imaging.Vips;
using GptImage2.Imaging.Vips.Interop;

namespace GptImage2.Imaging.Codecs;

/// <content>Encoding.</content>
public sealed partial class Image
{
    /// <summary>Encodes into a stream as the pixels come; the stream is written to from another thread, but never by two at once.</summary>
    /// <exception cref="UnreadableImageException">The file the picture comes from is damaged. Part of the output has been written.</exception>
    /// <exception cref="Exception">Whatever the stream throws, as it was thrown.</exception>
    public void Save(Stream stream, SaveOptions options)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        using var target = new VipsTarget(stream);
        using var image = ImageEncoder.PrepareForFormat(_image, options);
        try
        {
            ImageEncoder.CreateSaveOperation(options).With("in", image).With("target", target).Run();
        }
        catch (VipsException exception)
        {
            target.ThrowIfStreamFailed();
            throw ImageLoader.DamagedImage(exception);
        }
    }

    /// <summary>Encodes into memory.</summary>
    /// <exception cref="UnreadableImageException">The file the picture comes from is damaged.</exception>
    public byte[] Encode(SaveOptions options)
    {
        using var memory = new MemoryStream();
        Save(memory, options);
        return memory.ToArray();
    }
}
