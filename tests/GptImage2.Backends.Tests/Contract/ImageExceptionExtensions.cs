using GptImage2.Generation.Errors;
using GptImage2.Testing.Contract;

namespace GptImage2.Backends.Tests.Contract;

internal static partial class ImageExceptionExtensions
{
    private const int MaxLength = 900;

    /// <summary>The failure is the expected one, its text says what its members say, and the vendor's books do not say otherwise.</summary>
    public static void ShouldBeHonest(this ImageException thrown, MishapOutcome expected, IVendorStandIn vendor)
    {
        var failure = thrown.Failure;
        failure.Billed.ShouldBe(expected.Claim, thrown.ToString());
        failure.Message.ShouldContain(expected.Text ?? "");
        failure.Argument.ShouldBe(expected.Argument ?? failure.Argument);
        failure.Message.Length.ShouldBeLessThan(MaxLength);
        failure.Message.ShouldNotContain("\n");
        failure.Message.ShouldNotContain("..");
        switch (failure.Billed)
        {
            case Billing.No:
                vendor.Billed.ShouldBe(0);
                failure.Message.ShouldMatch(SaysNothingIsBilled);
                break;
            case Billing.Yes:
                vendor.Billed.ShouldBeGreaterThan(0);
                failure.Message.ShouldContain("bill");
                break;
            default:
                failure.Message.ShouldContain("billed");
                break;
        }

        thrown.ShouldHoldNone(vendor.Secrets);
    }

    /// <summary>No text of it holds any of the secrets, in the clear or as they are written into a header.</summary>
    public static void ShouldHoldNone(this ImageException thrown, IReadOnlyList<string> secrets)
    {
        foreach (var text in (string[])[thrown.ToString(), JsonSerializer.Serialize(thrown.Failure)])
        {
            foreach (var secret in secrets)
            {
                text.ShouldNotContain(secret);
            }
        }
    }

    private const string SaysNothingIsBilled = "[Nn]ot billed|[Nn]othing was sent|nothing billed|[Nn]othing was (drawn or )?billed";
}
