using GptImage2.Backends.OpenAI.Compatible.Servers;
using GptImage2.Generation.Errors;
using GptImage2.Testing.Compatible.Servers;
using GptImage2.Testing.Contract;

namespace GptImage2.Testing.Compatible.Vendors;

/// <summary>stable-diffusion.cpp's server and its jobs, for the contract suite. Nothing costs anything there.</summary>
public sealed class SdServerVendor : IVendor
{
    private static readonly CompatibleVendor Vendor = new(KnownServers.SdServer, Model: null);

    public static VendorTraits Traits { get; } = Vendor.CreateTraits()
        // What is cut is the answer that names the job.
        .Expect(Mishap.CutInAnswer, MishapOutcome.Fails(FailureCode.AnswerLost))
        .Expect(Mishap.TruncatedAnswer, MishapOutcome.Fails(FailureCode.AnswerLost))
        .Expect(Mishap.UnknownValues, MishapOutcome.Delivers())
        .Exclude(Mishap.CredentialsRefused, "It has no keys.")
        .Exclude(Mishap.ModelUnknown, "It has the one model it was started with.")
        .Exclude(Mishap.TooManyAtOnce, "Its queue is full, or it is not.");

    public static async Task<IVendorStandIn> StartAsync(Mishap? mishap, TimeProvider time)
    {
        var server = await StrictServer.StartAsync(new StrictSdServer());
        var mishaps = new CompatibleMishaps(server, mishap is Mishap.Held or Mishap.UnknownValues ? null : mishap);
        if (mishap is Mishap.Held)
        {
            server.Until = mishaps.Released;
        }

        if (mishap is Mishap.UnknownValues)
        {
            server.Statuses = ["queued", "daydreaming", "completed"];
        }

        return new CompatibleStandIn(server, Vendor, mishap, mishaps, time);
    }
}
