using GptImage2.Generation.Constraints;
using GptImage2.Generation.Failures;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Models;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;

namespace GptImage2.Generation;

/// <summary>Where a service refuses transparency, which costs nothing, the subject is drawn on a plain backdrop and cut out: once.</summary>
public sealed class TransparencyFallback(ConstraintSet constraints, JobBook book, PlanJson plans)
{
    /// <exception cref="ImageException">The service refused or broke, in this way or the other.</exception>
    internal async Task<RenderOutcome> RenderAsync(Job job, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        try
        {
            return await job.Plan.Backend.RenderAsync(job.Plan.Validated, inputs, sink, cancellationToken);
        }
        catch (ImageException refused) when (IsRefusal(refused.Failure, job.Plan.Request) && Otherwise(job.Plan) is { } plan)
        {
            job.Warn("background: the service refused transparent for this model (nothing was billed), so the subject was drawn on a plain backdrop and cut out.");
            job.Amend(plan);
            await book.SendingAsync(job, await plans.WriteAsync(plan, cancellationToken));
            return await plan.Backend.RenderAsync(plan.Validated, inputs, sink, cancellationToken);
        }
    }

    private static bool IsRefusal(Failure failure, ImageRequest request) =>
        request.Background is ImageBackground.Transparent
        && failure is { Code: FailureCode.InvalidRequest, Argument: "background", Billed: Billing.No };

    /// <returns>The plan by way of a backdrop, or null where the longer prompt is not legal.</returns>
    private JobPlan? Otherwise(JobPlan plan)
    {
        var request = plan.Request.OnBackdrop();
        return constraints.Check(request, plan.Validated.Profile) is []
            ? plan with { Validated = constraints.Validate(request, plan.Validated.Profile) }
            : null;
    }
}
