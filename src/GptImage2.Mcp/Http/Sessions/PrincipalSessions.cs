using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Sessions;

/// <summary>
/// The sessions of clients that begin with <c>initialize</c>, by principal. Another's session is answered like one that never
/// was, and whoever begins too many loses the one that was idle longest; its client begins anew.
/// </summary>
internal sealed class PrincipalSessions(HttpOptions options, TimeProvider clock)
{
    private const string SessionHeader = "Mcp-Session-Id";

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Serves one server of the SDK: a session from its beginning to its end, or a single request.</summary>
    /// <param name="closed">Triggered when the SDK ends it.</param>
    public async Task RunAsync(HttpContext context, McpServer server, CancellationToken closed)
    {
        using var changes = SessionResources.Take(context);
        if (server.SessionId is not { } id)
        {
            await server.RunAsync(closed);
            return;
        }

        using var session = new Session(id, Principal.GetOwner(context.User), CancellationTokenSource.CreateLinkedTokenSource(closed)) { LastUse = clock.GetTimestamp() };
        _sessions[id] = session;
        EndSurplus(session.Owner);
        try
        {
            await server.RunAsync(session.Ending.Token);
        }
        finally
        {
            _sessions.TryRemove(id, out _);
        }
    }

    /// <summary>Middleware: only a principal's own sessions go further.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var named = context.Request.Headers[SessionHeader];
        if (named.Count is 0)
        {
            await next(context);
            return;
        }

        if (!_sessions.TryGetValue(named.ToString(), out var session) || session.Owner != Principal.GetOwner(context.User))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}""", context.RequestAborted);
            return;
        }

        Interlocked.Increment(ref session.Requests);
        try
        {
            await next(context);
        }
        finally
        {
            session.LastUse = clock.GetTimestamp();
            Interlocked.Decrement(ref session.Requests);
        }
    }

    private void EndSurplus(string owner)
    {
        var own = _sessions.Values.Where(session => session.Owner == owner).ToArray();
        foreach (var session in own.Where(session => session.Requests is 0).OrderBy(session => session.LastUse).Take(own.Length - options.MaxSessions))
        {
            _sessions.TryRemove(session.Id, out _);
            session.Ending.Cancel();
        }
    }

    private sealed class Session(string id, string owner, CancellationTokenSource ending) : IDisposable
    {
        public int Requests;

        public string Id { get; } = id;

        public string Owner { get; } = owner;

        public CancellationTokenSource Ending { get; } = ending;

        public long LastUse { get; set; }

        public void Dispose() => Ending.Dispose();
    }
}
