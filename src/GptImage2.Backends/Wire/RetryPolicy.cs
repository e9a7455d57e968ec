using GptImage2.Generation.Failures;
using Polly;
using Polly.Retry;

namespace GptImage2.Backends.Wire;

/// <summary>
/// Sends again only what certainly cost nothing: a rate limit, or a connection that never came about. Nothing else is
/// ever repeated, because the services have no idempotency key: a second request may be a second bill.
/// </summary>
internal static class RetryPolicy
{
    /// <summary>The first one included.</summary>
    public const int MaxTries = 3;

    /// <summary>Who must wait longer is told so instead.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>A pipeline for one attempt to send, which throws <see cref="ImageException"/> when it fails.</summary>
    public static ResiliencePipeline Create(TimeProvider time) => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = MaxTries - 1,
            BackoffType = DelayBackoffType.Exponential,
            Delay = FirstWait,
            UseJitter = true,
            ShouldHandle = static arguments => ValueTask.FromResult(arguments.Outcome.Exception is ImageException e && MayRepeat(e.Failure)),
            DelayGenerator = static arguments => ValueTask.FromResult((arguments.Outcome.Exception as ImageException)?.Failure.RetryAfter),
        })
        .Build();

    private static bool MayRepeat(Failure failure) =>
        failure is { Code: FailureCode.RateLimited or FailureCode.ServiceUnreachable, Billed: Billing.No }
        && !(failure.RetryAfter > LongestWait);
}
