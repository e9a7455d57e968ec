namespace GptImage2.Imaging;

/// <summary>A small picture, ready to be shown.</summary>
public sealed record EncodedPreview(ReadOnlyMemory<byte> Bytes, ImageFormat Format, Dimensions Size);
