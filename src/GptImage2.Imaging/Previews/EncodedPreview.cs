namespace GptImage2.Imaging.Previews;

/// <summary>A small picture, ready to be shown.</summary>
public sealed record EncodedPreview(ReadOnlyMemory<byte> Bytes, ImageFormat Format, Dimensions Size);
