using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Errors;
using GptImage2.Testing.Compatible.Servers;
using GptImage2.Testing.Contract;

namespace GptImage2.Testing.Compatible;

/// <summary>A server of which only the address is known, for the contract suite: one request an image.</summary>
public sealed class UnknownServerVendor : IVendor
{
    public static VendorTraits Traits { get; } = new()
    {
        Name = "an unknown server",
        Profile = CompatibleModels.Create(KnownServers.Unknown, null),
        DrawsOneByOne = true,
        Outcomes = new Dictionary<Mishap, MishapOutcome>
        {
            [Mishap.Unreachable] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },
            [Mishap.CutWhileSending] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },
            [Mishap.CutAfterSending] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.CutInAnswer] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.TruncatedAnswer] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.MalformedAnswer] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.GatewayTimeout] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.Held] = MishapOutcome.Delivers() with { Arrivals = 2 },
            [Mishap.CredentialsRefused] = MishapOutcome.Fails(FailureCode.AccessDenied) with { Text = "GPTIMAGE2_COMPATIBLE__APIKEY" },
            [Mishap.PermissionRefused] = MishapOutcome.Fails(FailureCode.AccessDenied),
            [Mishap.ModelUnknown] = MishapOutcome.Fails(FailureCode.ModelNotFound) with { Text = "GPTIMAGE2_COMPATIBLE__MODEL" },
            [Mishap.PromptBlocked] = MishapOutcome.Fails(FailureCode.ContentRejected) with { Text = "safety system" },
            [Mishap.RateLimitedOnce] = MishapOutcome.Delivers() with { Arrivals = 3 },
            [Mishap.RateLimited] = MishapOutcome.Fails(FailureCode.RateLimited) with { Text = "Wait 120 s" },
            [Mishap.NoCredit] = MishapOutcome.Fails(FailureCode.OutOfMoney) with { Text = "no credit left" },
            [Mishap.ServerError] = MishapOutcome.Fails(FailureCode.ServiceFailed, Billing.Unknown),
            [Mishap.Overloaded] = MishapOutcome.Fails(FailureCode.ServiceFailed, Billing.Unknown),
            [Mishap.UnknownFields] = MishapOutcome.Delivers() with { Arrivals = 2 },
            [Mishap.OtherSize] = MishapOutcome.Delivers() with { Arrivals = 2 },
            [Mishap.MoreImages] = MishapOutcome.Delivers(stored: 3) with { Arrivals = 2 },
            [Mishap.FewerImages] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.NoImage] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.Redirect] = MishapOutcome.Fails(FailureCode.ServiceFailed) with { Text = "redirect" },
        },
        Impossible = new Dictionary<Mishap, string>
        {
            [Mishap.TooManyAtOnce] = "Nothing is known of its limits.",
            [Mishap.QuotaReached] = "Nothing is known of its accounts.",
            [Mishap.ResultBlocked] = "Nothing is known of what it looks at.",
            [Mishap.TransparencyRefused] = "Transparency is not asked for.",
            [Mishap.UnknownValues] = "Its answers have no values but images.",
            [Mishap.UsageMissing] = "It reports none.",
            [Mishap.LinkExpired] = "Images come in the answer.",
            [Mishap.LinkCut] = "Images come in the answer.",
        },
    };

    public static async Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time)
    {
        var server = await StrictServer.StartAsync(new StrictUnknownServer { ApiKey = CompatibleStandIn.ApiKey });
        return new CompatibleStandIn(server, "unknown", mishap, new CompatibleMishaps(server, mishap, isBareError: false), time, isFree: false);
    }
}
