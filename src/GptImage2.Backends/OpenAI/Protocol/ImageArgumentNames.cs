using GptImage2.Generation.Requests;

namespace GptImage2.Backends.OpenAI.Protocol;

/// <summary>What the tools call the pictures that go with a request, so that a refusal names what a caller can change.</summary>
internal sealed class ImageArgumentNames(ImageRequest request)
{
    /// <summary>How many pictures the caller gave.</summary>
    public int Count => request.Images.Count;

    /// <summary>All of them, or any.</summary>
    public string AnyImage => request is InpaintRequest ? "image" : "references";

    /// <summary>What says which part is to change.</summary>
    public string MaskOrRegion => request is InpaintRequest { Mask: not null } ? "mask" : "region";

    /// <param name="index">From 0, as in the request.</param>
    public string this[int index] => index < Count ? request.Images[index].Argument : AnyImage;
}
