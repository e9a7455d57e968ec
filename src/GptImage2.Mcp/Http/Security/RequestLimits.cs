using System.Threading.RateLimiting;
using GptImage2.Mcp.Http.Authentication;
using GptImage2.Mcp.Http.Sessions;
using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace GptImage2.Mcp.Http.Security;

/// <summary>How much one principal may ask for: calls at once, open streams, and new sessions a minute. Others are not affected.</summary>
internal static class RequestLimits
{
    private const string RevisionHeader = "MCP-Protocol-Version";

    /// <summary>The first revision without sessions.</summary>
    private const string FirstStatelessRevision = "2026-07-28";

    public static void Configure(RateLimiterOptions limiter, HttpOptions options)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, (string, RequestKind)>(context => RateLimitPartition.GetConcurrencyLimiter(
                (GetSource(context), GetKind(context.Request)),
                partition => AtOnce(partition.Item2 is RequestKind.Stream ? options.MaxSessions : options.MaxCalls))),
            PartitionedRateLimiter.Create<HttpContext, string>(context => MayBeginSession(context.Request)
                ? RateLimitPartition.GetTokenBucketLimiter(GetSource(context), _ => EachMinute(options.MaxSessions))
                : RateLimitPartition.GetNoLimiter("")));
        limiter.OnRejected = async (rejected, cancellationToken) =>
        {
            var response = rejected.HttpContext.Response;
            response.Headers.RetryAfter = "5";
            response.ContentType = "text/plain";
            await response.WriteAsync(
                $"Too many requests: {options.MaxCalls} calls, {options.MaxSessions} open streams and {options.MaxSessions} new sessions a minute are allowed. Nothing was started; try again in 5 s.",
                cancellationToken);
        };
    }

    private static ConcurrencyLimiterOptions AtOnce(int limit) => new() { PermitLimit = limit, QueueLimit = 0 };

    private static TokenBucketRateLimiterOptions EachMinute(int limit) => new()
    {
        TokenLimit = limit,
        TokensPerPeriod = limit,
        ReplenishmentPeriod = TimeSpan.FromMinutes(1),
        QueueLimit = 0,
    };

    /// <summary>The principal; for links, which are opened without a token, the address that they are opened from.</summary>
    private static string GetSource(HttpContext context) =>
        context.User.Identity?.IsAuthenticated is true ? Principal.GetOwner(context.User) : context.Connection.RemoteIpAddress?.ToString() ?? "";

    private static RequestKind GetKind(HttpRequest request) =>
        !request.Path.StartsWithSegments(HttpEndpoints.Mcp) ? RequestKind.Transfer
        : OpenStreams.IsStream(request) ? RequestKind.Stream
        : RequestKind.Call;

    /// <summary>
    /// Only the handshake of the older revisions comes without a session. What the SDK goes by decides: the
    /// header of the revision.
    /// </summary>
    public static bool MayBeginSession(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.Path.StartsWithSegments(HttpEndpoints.Mcp)
        && !request.Headers.ContainsKey(PrincipalSessions.Header)
        && string.CompareOrdinal(request.Headers[RevisionHeader].ToString(), FirstStatelessRevision) < 0;

    private enum RequestKind
    {
        Call,

        /// <summary>Stays open as long as the client wants to hear of changes.</summary>
        Stream,

        /// <summary>An upload or a download.</summary>
        Transfer,
    }
}
