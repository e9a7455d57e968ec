using GptImage2.Backends.OpenAI;
using GptImage2.Backends.OpenAI.Models;
using GptImage2.Generation.Errors;
using GptImage2.Testing.Contract;

namespace GptImage2.Testing.OpenAI;

/// <summary>OpenAI's Images API for the contract suite.</summary>
public sealed class OpenAIVendor : IVendor
{
    public static VendorTraits Traits { get; } = new()
    {
        Name = "OpenAI",
        Profile = OpenAIModels.Resolve(OpenAIModels.Default),
        ReportsUsage = true,
        Outcomes = new Dictionary<Mishap, MishapOutcome>
        {
            [Mishap.Unreachable] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },
            [Mishap.CutWhileSending] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },
            [Mishap.CutAfterSending] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.CutInAnswer] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown, stored: 1) with { Text = "saved" },
            [Mishap.Held] = MishapOutcome.Delivers(),
            [Mishap.CredentialsRefused] = MishapOutcome.Fails(FailureCode.AccessDenied) with { Text = "OPENAI_API_KEY" },
            [Mishap.PermissionRefused] = MishapOutcome.Fails(FailureCode.AccessDenied),
            [Mishap.ModelUnknown] = MishapOutcome.Fails(FailureCode.ModelNotFound) with { Text = "GPTIMAGE2_MODEL" },
            [Mishap.PromptBlocked] = MishapOutcome.Fails(FailureCode.ContentRejected) with { Text = "safety system" },
            [Mishap.ResultBlocked] = MishapOutcome.Fails(FailureCode.ContentRejected) with { Text = "had drawn" },
            [Mishap.RateLimitedOnce] = MishapOutcome.Delivers() with { Arrivals = 2 },
            [Mishap.RateLimited] = MishapOutcome.Fails(FailureCode.RateLimited) with { Text = "Wait 120 s" },
            [Mishap.QuotaReached] = MishapOutcome.Fails(FailureCode.OutOfMoney) with { Text = "spending limit" },
            [Mishap.NoCredit] = MishapOutcome.Fails(FailureCode.OutOfMoney) with { Text = "no credit left" },
            [Mishap.TransparencyRefused] = MishapOutcome.Fails(FailureCode.InvalidRequest) with { Argument = "background" },
            [Mishap.ServerError] = MishapOutcome.Fails(FailureCode.ServiceFailed, Billing.Unknown),
            [Mishap.Overloaded] = MishapOutcome.Fails(FailureCode.ServiceFailed, Billing.Unknown),
            [Mishap.GatewayTimeout] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.MalformedAnswer] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.TruncatedAnswer] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.UnknownFields] = MishapOutcome.Delivers(),
            [Mishap.UnknownValues] = MishapOutcome.Delivers(),
            [Mishap.UsageMissing] = MishapOutcome.Delivers(),
            [Mishap.OtherSize] = MishapOutcome.Delivers(),
            [Mishap.FewerImages] = MishapOutcome.Delivers(stored: 1),
            [Mishap.MoreImages] = MishapOutcome.Delivers(stored: 3),
            [Mishap.NoImage] = MishapOutcome.Fails(FailureCode.AnswerLost, Billing.Unknown),
            [Mishap.Redirect] = MishapOutcome.Fails(FailureCode.ServiceFailed) with { Text = "redirect" },
        },
        Impossible = new Dictionary<Mishap, string>
        {
            [Mishap.TooManyAtOnce] = "Its limits are by the minute.",
            [Mishap.LinkExpired] = "Images come in the answer.",
            [Mishap.LinkCut] = "Images come in the answer.",
        },
    };

    public static async Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time) =>
        await OpenAIStandIn.StartAsync(mishap, (options, handler) => new OpenAIBackend(options, handler, time));
}
