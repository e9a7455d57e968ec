using GptImage2.Generation;
using GptImage2.Generation.Errors;
using GptImage2.Generation.Jobs;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Spending;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Tools;

/// <summary>What every maker does once its request is known: plan it, and then tell the plan or carry it out.</summary>
internal sealed class ImageToolRunner(ImageWorkflow workflow, SpendingCaps caps, JobOptions options, JobResultBuilder results)
{
    public async Task<ToolResponse> RunAsync(ToolCall call, string tool, ImageRequest request, ImageToolOptions how, CancellationToken cancellationToken)
    {
        using var plan = await workflow.PlanAsync(call.Caller, tool, request, cancellationToken);
        if (how.DryRun)
        {
            return results.FromPlan(plan, await workflow.CheckSpendingAsync(plan, cancellationToken));
        }

        if (caps.GetConfirmation(plan.Price) is { } question)
        {
            ThrowUnlessConfirmed(question, call.AskUser(question.Text));
        }

        return results.FromJob(await workflow.AskAsync(plan, how.Fresh, call.WaitLimit ?? options.Wait, call.Progress, cancellationToken), how.View);
    }

    private static void ThrowUnlessConfirmed(SpendingConfirmation question, bool? answer)
    {
        if (answer is not true)
        {
            throw new ImageException(answer is false ? question.Declined : question.CannotAsk);
        }
    }
}

/// <summary>What a call wants beside its pictures.</summary>
/// <param name="Fresh">Never join a job that is there already.</param>
internal sealed record ImageToolOptions(bool DryRun, bool Fresh, ImageViewMode View);
