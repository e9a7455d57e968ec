namespace GptImage2.Imaging;

/// <summary>Encoded bytes somewhere, not read yet.</summary>
public sealed class EncodedImage
{
    private EncodedImage(string? path, ReadOnlyMemory<byte> bytes) => (Path, Bytes) = (path, bytes);

    internal string? Path { get; }

    internal ReadOnlyMemory<byte> Bytes { get; }

    public static EncodedImage FromFile(string path) => new(path, default);

    public static EncodedImage FromMemory(ReadOnlyMemory<byte> bytes) => new(null, bytes);
}
