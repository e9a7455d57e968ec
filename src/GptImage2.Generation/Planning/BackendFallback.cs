using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation.Planning;

/// <summary>Finds who else can carry out a plan whose backend failed without billing it: the next in the user's order whose own profile admits the very request.</summary>
public sealed class BackendFallback(BackendRegistry backends, RequestValidator validator, FallbackOptions options)
{
    /// <summary>What another service may do better. What the caller got wrong, or this machine, stays as it is everywhere.</summary>
    private static readonly FailureCode[] Causes =
    [
        FailureCode.AccessDenied, FailureCode.ModelNotFound, FailureCode.OutOfMoney, FailureCode.RateLimited,
        FailureCode.ServiceFailed, FailureCode.ServiceUnreachable, FailureCode.InvalidRequest,
    ];

    /// <summary>Whether another backend may be asked at all.</summary>
    public bool IsAllowedAfter(Failure failure) => failure is { OutputBlocked: true, Code: FailureCode.ContentRejected }
        ? options.OnOutputBlock
        : failure.Billed is Billing.No && Causes.Contains(failure.Code);

    /// <summary>The same plan for a model, where a cut-out by the backdrop's colour was refused, anything else may be tried, and a model may do better.</summary>
    public JobPlan? FindModel(JobPlan plan, ImageException refused) =>
        backends.BackgroundModel is { } model && plan.Backend != model && plan.Request is BackgroundRemovalRequest { Method: CutoutMethod.Auto } && CutoutRefusal.MayModelHelp(refused)
            ? plan with { Backend = model, Validated = RequestValidator.AssumeValid(plan.Request, model.Profile) }
            : null;

    /// <returns>The same plan for another backend, or null; and a sentence for each that does not admit it.</returns>
    public async Task<(JobPlan? Next, string Skipped)> FindNextAsync(JobPlan plan, CancellationToken cancellationToken)
    {
        var skipped = "";
        foreach (var backend in backends.ListAfter(plan.Backend))
        {
            await backend.PrepareAsync(cancellationToken);
            var profile = backend.Profile;
            if (FindObstacle(plan.Request, profile) is { } obstacle)
            {
                skipped += $" {backend.Name} cannot do it either ({obstacle}).";
                continue;
            }

            var validated = RequestValidator.AssumeValid(plan.Request, profile);
            try
            {
                var price = await PlanPricing.GetPriceAsync(backend, validated, JobPlan.GetSentSizes(plan.Request, plan.Inputs, plan.Region), cancellationToken);
                return (plan with { Backend = backend, Validated = validated, Price = price, PriceWithKey = null }, skipped);
            }
            catch (ImageException unpriced)
            {
                skipped += $" {backend.Name} did not name its price: {unpriced.Failure.Message}";
            }
        }

        return (null, skipped);
    }

    /// <summary>What the caller is told, whatever becomes of it there.</summary>
    public static string Describe(JobPlan failed, Failure failure, JobPlan next, string skipped) => failed.Request is BackgroundRemovalRequest
        ? $"method auto took model ({next.Validated.Profile.Model}), because key cannot do it: {CutoutRefusal.GetReason(failure)}"
        : $"{failed.Backend.Name} could not make it, so {next.Backend.Name} ({next.Validated.Profile.Model}) is asked: {failure.Message}{skipped}";

    /// <summary>The canvas of a part was chosen for the image and is in no argument, but the other must have it all the same.</summary>
    private string? FindObstacle(ImageRequest request, ModelProfile profile) => validator.Check(request, profile) is [var violation, ..]
        ? $"{violation.Argument}: expected {violation.Expected}"
        : profile.Sizes.Allows(request.Size) ? null : $"it does not draw {request.Size}";
}

/// <summary>When another backend is asked.</summary>
public sealed record FallbackOptions
{
    /// <summary>Also where the safety system of one has refused what it had drawn, which may be billed.</summary>
    public bool OnOutputBlock { get; init; }
}
