using GptImage2.Generation.Requests;

namespace GptImage2.Backends.OpenAI.Protocol;

/// <summary>What the tools call the images of a request, so that an error names what a caller can change.</summary>
internal sealed class ImageArgumentNames(ImageRequest request)
{
    public int Count => request.Images.Count;

    /// <summary>All of the images, or any one of them.</summary>
    public string AnyImage => request is InpaintRequest ? "image" : "references";

    /// <summary>The argument that says which part is to change.</summary>
    public string MaskOrRegion => request is InpaintRequest { Mask: not null } ? "mask" : "region";

    /// <param name="index">From 0, as in the request.</param>
    public string this[int index] => index < Count ? request.Images[index].Argument : AnyImage;
}
