using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Errors;
using GptImage2.Testing.Compatible.Servers;
using GptImage2.Testing.Contract;

namespace GptImage2.Testing.Compatible;

/// <summary>stable-diffusion.cpp's server and its jobs, for the contract suite. Nothing costs anything there.</summary>
public sealed class SdServerVendor : IVendor
{
    public static VendorTraits Traits { get; } = new()
    {
        Name = "sd-server",
        Profile = CompatibleModels.Create(KnownServers.SdServer, null),
        Bills = false,
        Outcomes = new Dictionary<Mishap, MishapOutcome>
        {
            [Mishap.Unreachable] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },
            [Mishap.CutWhileSending] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },
            [Mishap.CutAfterSending] = MishapOutcome.Fails(FailureCode.AnswerLost),
            [Mishap.CutInAnswer] = MishapOutcome.Fails(FailureCode.AnswerLost),
            [Mishap.TruncatedAnswer] = MishapOutcome.Fails(FailureCode.AnswerLost),
            [Mishap.MalformedAnswer] = MishapOutcome.Fails(FailureCode.AnswerLost),
            [Mishap.GatewayTimeout] = MishapOutcome.Fails(FailureCode.AnswerLost),
            [Mishap.Held] = MishapOutcome.Delivers(),
            [Mishap.PermissionRefused] = MishapOutcome.Fails(FailureCode.AccessDenied),
            [Mishap.RateLimitedOnce] = MishapOutcome.Delivers() with { Arrivals = 2 },
            [Mishap.RateLimited] = MishapOutcome.Fails(FailureCode.RateLimited) with { Text = "Wait 120 s" },
            [Mishap.ServerError] = MishapOutcome.Fails(FailureCode.ServiceFailed),
            [Mishap.Overloaded] = MishapOutcome.Fails(FailureCode.ServiceFailed),
            [Mishap.UnknownFields] = MishapOutcome.Delivers(),
            [Mishap.UnknownValues] = MishapOutcome.Delivers(),
            [Mishap.OtherSize] = MishapOutcome.Delivers(),
            [Mishap.MoreImages] = MishapOutcome.Delivers(stored: 3),
            [Mishap.FewerImages] = MishapOutcome.Delivers(stored: 1),
            [Mishap.NoImage] = MishapOutcome.Fails(FailureCode.AnswerLost),
            [Mishap.Redirect] = MishapOutcome.Fails(FailureCode.ServiceFailed) with { Text = "redirect" },
        },
        Impossible = new Dictionary<Mishap, string>
        {
            [Mishap.CredentialsRefused] = "It has no keys.",
            [Mishap.ModelUnknown] = "It has the one model it was started with.",
            [Mishap.PromptBlocked] = "It draws what it is told.",
            [Mishap.ResultBlocked] = "It delivers what it has drawn.",
            [Mishap.TooManyAtOnce] = "Its queue is full, or it is not.",
            [Mishap.QuotaReached] = "It has no accounts.",
            [Mishap.NoCredit] = "It has no accounts.",
            [Mishap.TransparencyRefused] = "Transparency is not asked for.",
            [Mishap.UsageMissing] = "It reports none.",
            [Mishap.LinkExpired] = "Images come in the answer.",
            [Mishap.LinkCut] = "Images come in the answer.",
        },
    };

    public static async Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time)
    {
        var server = await StrictServer.StartAsync(new StrictSdServer());
        var mishaps = new CompatibleMishaps(server, mishap is Mishap.Held or Mishap.UnknownValues ? null : mishap, isBareError: true);
        if (mishap is Mishap.Held)
        {
            server.Until = mishaps.Released;
        }

        if (mishap is Mishap.UnknownValues)
        {
            server.Statuses = ["queued", "daydreaming", "completed"];
        }

        return new CompatibleStandIn(server, "sd-server", mishap, mishaps, time, isFree: true);
    }
}
