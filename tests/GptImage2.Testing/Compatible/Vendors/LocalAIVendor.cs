using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Testing.Compatible.Servers;
using GptImage2.Testing.Contract;

namespace GptImage2.Testing.Compatible.Vendors;

/// <summary>LocalAI for the contract suite. Its inpainting is a thing apart: one image, one result, and always 512x512.</summary>
public sealed class LocalAIVendor : IVendor
{
    private static readonly CompatibleVendor Vendor = new(KnownServers.LocalAI, "flux.1-dev");
    private static readonly Dimensions Inpainted = new(512, 512);

    public static VendorTraits Traits { get; } = Vendor.CreateTraits() with
    {
        MasksOneImageOnly = true,
        GetOrderedSize = request => request is InpaintRequest ? Inpainted : request.Size,
    };

    public static Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time) => Vendor.StartAsync(new StrictLocalAI { ApiKey = CompatibleStandIn.ApiKey }, mishap, time);
}
