using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Jobs.Persistence;
using GptImage2.Generation.Models;
using GptImage2.Generation.Planning;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation.Rendering;

/// <summary>Where a service refuses transparency, which costs nothing, the subject is drawn on a plain backdrop and cut out: once.</summary>
public sealed class TransparencyFallback(RequestValidator constraints, JobStateWriter book, JobPlanSerializer plans)
{
    /// <exception cref="ImageException">The service refused or broke, in this way or the other.</exception>
    internal async Task<RenderOutcome> RenderAsync(Job job, RenderInputs inputs, IRenderSink sink, CancellationToken cancellationToken)
    {
        try
        {
            return await job.Plan.Backend.RenderAsync(job.Plan.Validated, inputs, sink, cancellationToken);
        }
        catch (ImageException refused) when (IsTransparencyRefusal(refused.Failure, job.Plan.Request) && PlanWithChromaKey(job.Plan) is { } plan)
        {
            job.AddWarning("background: the service refused transparent for this model (nothing was billed), so the subject was drawn on a plain backdrop and cut out.");
            job.ReplacePlan(plan);
            await book.MarkSendingAsync(job, await plans.SerializeAsync(plan, cancellationToken));
            return await plan.Backend.RenderAsync(plan.Validated, inputs, sink, cancellationToken);
        }
    }

    private static bool IsTransparencyRefusal(Failure failure, ImageRequest request) =>
        request.Background is ImageBackground.Transparent
        && failure is { Code: FailureCode.InvalidRequest, Argument: "background", Billed: Billing.No };

    /// <returns>The plan by way of a backdrop, or null where the longer prompt is not legal.</returns>
    private JobPlan? PlanWithChromaKey(JobPlan plan)
    {
        var request = plan.Request.WithChromaKey();
        return constraints.Check(request, plan.Validated.Profile) is []
            ? plan with { Validated = constraints.Validate(request, plan.Validated.Profile) }
            : null;
    }
}
