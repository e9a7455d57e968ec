using Polly;
using Polly.Retry;

namespace GptImage2.Backends.Http;

/// <summary>
/// Retries only what certainly cost nothing: a rate limit, or a connection that was never established. Nothing else is
/// ever repeated, because the services have no idempotency key: a second request may be a second bill.
/// </summary>
internal static class RetryPolicy
{
    /// <summary>The first one included.</summary>
    public const int MaxAttempts = 3;

    /// <summary>A longer wait is reported to the caller instead.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan InitialDelay = TimeSpan.FromSeconds(1);

    /// <summary>The most that is added to a wait that the service named, as a share of it, so that clients rejected together do not return together.</summary>
    private const double Jitter = 0.1;

    /// <summary>A pipeline for one attempt to send, which throws <see cref="ImageException"/> when it fails.</summary>
    /// <param name="waiting">Called when an attempt has failed unbilled and the wait for the next begins.</param>
    public static ResiliencePipeline Create(TimeProvider time, Random random, Action waiting) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = MaxAttempts - 1,
            ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is ImageException e && IsRetriable(e.Failure)),
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(ComputeDelay(
                (arguments.Outcome.Exception as ImageException)?.Failure.RetryAfter,
                arguments.AttemptNumber,
                random.NextDouble())),
            OnRetry = _ =>
            {
                waiting();
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    /// <summary>Never shorter than the service asked; otherwise about 1 s, then about 2 s.</summary>
    /// <param name="chance">0 to 1.</param>
    private static TimeSpan ComputeDelay(TimeSpan? asked, int attempt, double chance) => asked is { } least
        ? least + ((InitialDelay + (least * Jitter)) * chance)
        : InitialDelay * Math.Pow(2, attempt) * (0.5 + chance);

    private static bool IsRetriable(Failure failure) =>
        failure is { Code: FailureCode.RateLimited or FailureCode.ServiceUnreachable, Billed: Billing.No }
        && !(failure.RetryAfter > MaxDelay);
}
