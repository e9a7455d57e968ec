using GptImage2.Imaging;

namespace GptImage2.Testing.OpenAI.Requests;

/// <summary>An image that came with a request, found sound.</summary>
/// <param name="Part">The form's name for it: image, image[] or mask.</param>
/// <param name="Format">What the bytes are: png, jpeg or webp.</param>
/// <param name="Size">In pixels, from the bytes.</param>
public sealed record ReceivedImage(string Part, string FileName, string ContentType, string Format, Dimensions Size, ReadOnlyMemory<byte> Bytes);
