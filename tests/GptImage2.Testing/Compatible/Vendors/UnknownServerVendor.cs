using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Testing.Compatible.Servers;
using GptImage2.Testing.Contract;

namespace GptImage2.Testing.Compatible.Vendors;

/// <summary>A server of which only the address is known, for the contract suite: one request an image.</summary>
public sealed class UnknownServerVendor : IVendor
{
    private static readonly CompatibleVendor Vendor = new(KnownServers.Unknown, Model: null) { Bills = true, DrawsOneByOne = true };

    public static VendorTraits Traits { get; } = Vendor.CreateTraits();

    public static Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time) => Vendor.StartAsync(new StrictUnknownServer { ApiKey = CompatibleStandIn.ApiKey }, mishap, time);
}
