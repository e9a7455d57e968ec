using GptImage2.Mcp.Http.Settings;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Mcp.Http.Sessions;

/// <summary>
/// The sessions of clients that begin with <c>initialize</c>, by principal. Another's session is answered like one that never
/// was, and whoever begins too many loses the one that was idle longest; its client begins anew.
/// </summary>
internal sealed class PrincipalSessions(HttpOptions options, TimeProvider clock)
{
    public const string Header = "Mcp-Session-Id";

    /// <summary>The SDK makes no such id, so it answers as it does for any session that it does not know.</summary>
    private const string NoSession = "none";

    private readonly ConcurrentDictionary<string, PrincipalSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>Serves one server of the SDK: a session from its beginning to its end, or a single request.</summary>
    /// <param name="closed">Triggered when the SDK ends it.</param>
    public async Task RunAsync(HttpContext context, McpServer server, CancellationToken closed)
    {
        using var changes = SessionResources.Take(context);
        if (server.SessionId is not { Length: > 0 } id)
        {
            await server.RunAsync(closed);
            return;
        }

        using var session = new PrincipalSession(id, Principal.GetOwner(context.User), clock.GetTimestamp(), closed);
        EndSurplus(session.Owner);
        _sessions[id] = session;
        try
        {
            await server.RunAsync(session.Ending);
        }
        finally
        {
            _sessions.TryRemove(id, out _);
        }
    }

    /// <summary>Middleware: only a principal's own sessions go further.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var named = context.Request.Headers[Header];
        if (named.Count is 0)
        {
            await next(context);
            return;
        }

        if (!_sessions.TryGetValue(named.ToString(), out var session) || session.Owner != Principal.GetOwner(context.User) || !session.TryEnter())
        {
            context.Request.Headers[Header] = NoSession;
            await next(context);
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            session.Leave(clock.GetTimestamp());
        }
    }

    /// <summary>Makes room for one session more. Those with a request are not idle: requests have limits of their own.</summary>
    private void EndSurplus(string owner)
    {
        PrincipalSession[] own = [.. _sessions.Values.Where(session => session.Owner == owner).OrderBy(session => session.LastUse)];
        var surplus = own.Length + 1 - options.MaxSessions;
        foreach (var session in own.Where(_ => surplus > 0).Where(session => session.TryEnd()))
        {
            _sessions.TryRemove(session.Id, out _);
            surplus--;
        }
    }
}
