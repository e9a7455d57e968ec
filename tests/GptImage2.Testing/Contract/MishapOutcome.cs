using GptImage2.Generation.Errors;

namespace GptImage2.Testing.Contract;

/// <summary>What has to come of a mishap.</summary>
/// <param name="Code">Which failure is told; null when the images are delivered all the same.</param>
/// <param name="Claim">Whether the failure says that it is billed. The stand-in's books must not say otherwise.</param>
/// <param name="Stored">How many images are stored in the end.</param>
public sealed record MishapOutcome(FailureCode? Code, Billing Claim, int Stored)
{
    /// <summary>How often the request may have arrived whole: more than once only where each but the last was refused unbilled.</summary>
    public int Arrivals { get; init; } = 1;

    /// <summary>What the failure's text must contain, where there is more to say than its code.</summary>
    public string? Text { get; init; }

    /// <summary>The argument that the failure blames, where it blames one.</summary>
    public string? Argument { get; init; }

    public static MishapOutcome Delivers(int stored = 2) => new(null, Billing.Yes, stored);

    public static MishapOutcome Fails(FailureCode code, Billing claim = Billing.No, int stored = 0) => new(code, claim, stored);
}
