using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Testing.Compatible.Servers;
using GptImage2.Testing.Contract;

namespace GptImage2.Testing.Compatible.Vendors;

/// <summary>Together for the contract suite: at most four images, one to go by, no masks.</summary>
public sealed class TogetherVendor : IVendor
{
    private static readonly CompatibleVendor Vendor = new(KnownServers.Together, StrictTogether.Model) { Bills = true, TakesMask = false };

    public static VendorTraits Traits { get; } = Vendor.CreateTraits();

    public static Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time) => Vendor.StartAsync(new StrictTogether { ApiKey = CompatibleStandIn.ApiKey }, mishap, time);
}
