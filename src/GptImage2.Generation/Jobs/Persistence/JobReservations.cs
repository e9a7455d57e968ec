using GptImage2.Generation.Planning;
using GptImage2.Generation.Spending;

namespace GptImage2.Generation.Jobs.Persistence;

/// <summary>Changes what a job has reserved, where its price becomes known, or another, before it is sent.</summary>
public sealed class JobReservations(IJobStore jobs, SpendingCaps caps, TimeProvider clock)
{
    /// <summary>Takes the price for the job's own, and reserves it.</summary>
    /// <exception cref="ImageException">It is above a cap, or could not be recorded; nothing may be sent.</exception>
    internal Task ConfirmAsync(Job job, Price price) => price == job.Plan.Price ? Task.CompletedTask : ChangePlanAsync(job, job.Plan with { Price = price });

    /// <summary>Takes the plan for the job's own, and reserves what it costs.</summary>
    /// <exception cref="ImageException">It is above a cap, or could not be recorded; nothing may be sent.</exception>
    internal async Task ChangePlanAsync(Job job, JobPlan plan)
    {
        var (caller, price) = (plan.Caller, plan.Price);
        if (caps.CheckPerCallCap(price) is { } failure)
        {
            throw new ImageException(failure);
        }

        var stayedFree = (job.Plan.Price.Unit, price.Unit) is (CostUnit.None, CostUnit.None);
        if (!stayedFree && await jobs.ChangeReservationAsync(job.Id, caller.Owner, CreateEntry(plan, job.Snapshot.Started), caps.Daily, CancellationToken.None) is { } excess)
        {
            throw new ImageException(caps.DailyCapExceeded(caller, price, excess, clock.GetUtcNow()));
        }

        job.ReplacePlan(plan);
    }

    /// <summary>The most that a job may cost.</summary>
    internal static LedgerEntry CreateEntry(JobPlan plan, DateTimeOffset started) => new()
    {
        Day = DateOnly.FromDateTime(started.UtcDateTime),
        Tool = plan.Tool,
        Model = plan.Validated.Profile.Model,
        Reserved = plan.Price switch
        {
            { Unit: CostUnit.None } => 0,
            { Ceiling: { } ceiling } => MicroUsd.FromUsd(ceiling),
            _ => null,
        },
        Credits = plan.Price.Credits,
    };
}
