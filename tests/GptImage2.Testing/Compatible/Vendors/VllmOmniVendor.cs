using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Testing.Compatible.Servers;
using GptImage2.Testing.Contract;

namespace GptImage2.Testing.Compatible.Vendors;

/// <summary>vLLM-Omni for the contract suite.</summary>
public sealed class VllmOmniVendor : IVendor
{
    private static readonly CompatibleVendor Vendor = new(KnownServers.VllmOmni, Model: null);

    public static VendorTraits Traits { get; } = Vendor.CreateTraits();

    public static Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time) => Vendor.StartAsync(new StrictVllmOmni { ApiKey = CompatibleStandIn.ApiKey }, mishap, time);
}
