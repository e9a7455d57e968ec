using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Errors;
using GptImage2.Testing.Contract;

namespace GptImage2.Testing.Compatible.Vendors;

/// <summary>What a server is to the contract suite. One that bills also blocks prompts; the others run on the user's machine and draw what they are told.</summary>
/// <param name="Model">What it is asked for; null where it has only one.</param>
internal sealed record CompatibleVendor(ServerTraits Server, string? Model)
{
    public bool Bills { get; init; }

    public bool DrawsOneByOne { get; init; }

    public bool TakesMask { get; init; } = true;

    /// <summary>What is true of all of them. A vendor adds what is true of it alone.</summary>
    public VendorTraits CreateTraits() => new()
    {
        Name = Server.Title,
        Profile = CompatibleModels.Create(Server, Model),
        Bills = Bills,
        DrawsOneByOne = DrawsOneByOne,
        TakesMask = TakesMask,
        Outcomes = CreateOutcomes(),
        Impossible = CreateImpossible(),
    };

    public async Task<IVendorStandIn> StartAsync<TServer>(TServer server, Mishap? mishap, TimeProvider time)
        where TServer : StrictServer
    {
        await StrictServer.StartAsync(server);
        return new CompatibleStandIn(server, this, mishap, new CompatibleMishaps(server, mishap), time);
    }

    private Dictionary<Mishap, MishapOutcome> CreateOutcomes()
    {
        var uncertain = Bills ? Billing.Unknown : Billing.No;
        var lost = MishapOutcome.Fails(FailureCode.AnswerLost, uncertain);
        // Of an answer with two images, three quarters are one and a half.
        var cut = lost with { Stored = DrawsOneByOne ? 0 : 1 };
        var orders = DrawsOneByOne ? 2 : 1;
        var outcomes = new Dictionary<Mishap, MishapOutcome>
        {
            [Mishap.Unreachable] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },
            [Mishap.CutWhileSending] = MishapOutcome.Fails(FailureCode.ServiceUnreachable) with { Arrivals = 0 },
            [Mishap.CutAfterSending] = lost,
            [Mishap.CutInAnswer] = cut,
            [Mishap.TruncatedAnswer] = cut,
            [Mishap.MalformedAnswer] = lost,
            [Mishap.GatewayTimeout] = lost,
            [Mishap.NoImage] = lost,
            [Mishap.Held] = MishapOutcome.Delivers() with { Arrivals = orders },
            [Mishap.CredentialsRefused] = MishapOutcome.Fails(FailureCode.AccessDenied) with { Text = "GPTIMAGE2_COMPATIBLE__APIKEY" },
            [Mishap.PermissionRefused] = MishapOutcome.Fails(FailureCode.AccessDenied),
            [Mishap.ModelUnknown] = MishapOutcome.Fails(FailureCode.ModelNotFound) with { Text = "GPTIMAGE2_COMPATIBLE__MODEL" },
            [Mishap.RateLimitedOnce] = MishapOutcome.Delivers() with { Arrivals = orders + 1 },
            [Mishap.RateLimited] = MishapOutcome.Fails(FailureCode.RateLimited) with { Text = "Wait 120 s" },
            [Mishap.ServerError] = MishapOutcome.Fails(FailureCode.ServiceFailed, uncertain),
            [Mishap.Overloaded] = MishapOutcome.Fails(FailureCode.ServiceFailed, uncertain),
            [Mishap.UnknownFields] = MishapOutcome.Delivers() with { Arrivals = orders },
            [Mishap.OtherSize] = MishapOutcome.Delivers() with { Arrivals = orders },
            [Mishap.MoreImages] = MishapOutcome.Delivers(stored: 3) with { Arrivals = orders },
            [Mishap.FewerImages] = DrawsOneByOne ? lost : MishapOutcome.Delivers(stored: 1),
            [Mishap.Redirect] = MishapOutcome.Fails(FailureCode.ServiceFailed) with { Text = "redirect" },
        };
        if (Bills)
        {
            outcomes[Mishap.PromptBlocked] = MishapOutcome.Fails(FailureCode.ContentRejected) with { Text = "safety system" };
            outcomes[Mishap.NoCredit] = MishapOutcome.Fails(FailureCode.OutOfMoney) with { Text = "no credit left" };
        }

        return outcomes;
    }

    private Dictionary<Mishap, string> CreateImpossible()
    {
        var impossible = new Dictionary<Mishap, string>
        {
            [Mishap.TooManyAtOnce] = "Nothing is known of its limits.",
            [Mishap.QuotaReached] = "Nothing is known of spending limits there.",
            [Mishap.ResultBlocked] = "Nothing is known of what it looks at.",
            [Mishap.TransparencyRefused] = "Transparency is not asked for.",
            [Mishap.UnknownValues] = "Its answers have no values but images.",
            [Mishap.UsageMissing] = "It reports none.",
            [Mishap.LinkExpired] = "Images come in the answer.",
            [Mishap.LinkCut] = "Images come in the answer.",
        };
        if (!Bills)
        {
            impossible[Mishap.PromptBlocked] = "It draws what it is told.";
            impossible[Mishap.ResultBlocked] = "It delivers what it has drawn.";
            impossible[Mishap.NoCredit] = "It has no accounts.";
            impossible[Mishap.QuotaReached] = "It has no accounts.";
        }

        return impossible;
    }
}
