using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Errors;
using GptImage2.Testing.Compatible.Servers;
using GptImage2.Testing.Contract;

namespace GptImage2.Testing.Compatible.Vendors;

/// <summary>SGLang for the contract suite: no masks, and links where they are what goes wrong.</summary>
public sealed class SgLangVendor : IVendor
{
    private static readonly CompatibleVendor Vendor = new(KnownServers.SgLang, Model: null) { TakesMask = false };

    public static VendorTraits Traits { get; } = Vendor.CreateTraits()
        .Expect(Mishap.LinkExpired, MishapOutcome.Fails(FailureCode.AnswerLost) with { Text = "could not be fetched" })
        .Expect(Mishap.LinkCut, MishapOutcome.Delivers());

    public static Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time) => Vendor.StartAsync(
        new StrictSgLang { ApiKey = CompatibleStandIn.ApiKey, AnswersWithLinks = mishap is Mishap.LinkExpired or Mishap.LinkCut }, mishap, time);
}
