using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Errors;
using GptImage2.Testing.Compatible.Servers;
using GptImage2.Testing.Contract;

namespace GptImage2.Testing.Compatible.Vendors;

/// <summary>LiteLLM in front of OpenAI for the contract suite: it hands on OpenAI's errors and usage.</summary>
public sealed class LiteLlmVendor : IVendor
{
    private static readonly CompatibleVendor Vendor = new(KnownServers.LiteLlm, "openai/gpt-image-2") { Bills = true };

    public static VendorTraits Traits { get; } = (Vendor.CreateTraits() with { ReportsUsage = true })
        .Expect(Mishap.UsageMissing, MishapOutcome.Delivers())
        .Expect(Mishap.ResultBlocked, MishapOutcome.Fails(FailureCode.ContentRejected) with { Text = "had drawn" })
        .Expect(Mishap.QuotaReached, MishapOutcome.Fails(FailureCode.OutOfMoney) with { Text = "spending limit" })
        .Expect(Mishap.TransparencyRefused, MishapOutcome.Fails(FailureCode.InvalidRequest) with { Argument = "background" });

    public static Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time) => Vendor.StartAsync(new StrictLiteLlm { ApiKey = CompatibleStandIn.ApiKey }, mishap, time);
}
