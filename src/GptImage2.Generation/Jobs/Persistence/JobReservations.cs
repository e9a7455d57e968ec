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

        var change = new ReservationChange(plan.Validated.Profile.Model, price.Ceiling is { } ceiling ? MicroUsd.FromUsd(ceiling) : null, price.Credits);
        if (await jobs.ChangeReservationAsync(job.Id, change, caps.Daily, CancellationToken.None) is { } excess)
        {
            throw new ImageException(caps.DailyCapExceeded(caller, price, excess, clock.GetUtcNow()));
        }

        job.ReplacePlan(plan);
    }
}
