using GptImage2.Generation.Requests;

namespace GptImage2.Mcp.Callers;

/// <summary>Says on whose behalf a request is made. Every transport has one; nothing else at the edge names a caller.</summary>
internal interface ICallerAccessor
{
    CallerSession GetSession(MessageContext request);
}

/// <summary>A caller, and the conversation in which it asks.</summary>
/// <param name="Id">Tells apart what was shown to whom.</param>
internal sealed record CallerSession(Caller Caller, string Id)
{
    /// <summary>The user of this machine, outside of any request.</summary>
    public static CallerSession Local { get; } = new(Caller.Local, Caller.Local.Owner);

    /// <summary>The value, or null for a caller to whom paths of this machine mean nothing.</summary>
    public string? IfPathsAllowed(string? path) => Caller.LocalPathsAllowed ? path : null;
}

/// <summary>Over stdio the caller is the user who started the process.</summary>
internal sealed class LocalCallerAccessor : ICallerAccessor
{
    public CallerSession GetSession(MessageContext request) =>
        request.Server.SessionId is { } id ? CallerSession.Local with { Id = id } : CallerSession.Local;
}
