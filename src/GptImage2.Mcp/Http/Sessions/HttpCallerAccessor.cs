using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;

namespace GptImage2.Mcp.Http.Sessions;

/// <summary>Over HTTP the caller is the principal. Paths of the server's machine mean nothing to it.</summary>
internal sealed class HttpCallerAccessor(PublicAddress address) : ICallerAccessor
{
    /// <summary>Without a session everything that the principal asks is one conversation.</summary>
    public CallerSession GetSession(MessageContext request)
    {
        var owner = Principal.GetOwner(request.User);
        return new CallerSession(new Caller(owner, LocalPathsAllowed: false) { Server = address.Get() }, $"{owner}/{request.Server.SessionId}");
    }
}
