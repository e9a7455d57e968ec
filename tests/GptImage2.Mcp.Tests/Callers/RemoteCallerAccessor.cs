using GptImage2.Generation.Requests;
using GptImage2.Mcp.Callers;
using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Tests.Callers;

/// <summary>Every request comes from anna, on another machine.</summary>
internal sealed class RemoteCallerAccessor(ServerAddress? server = null) : ICallerAccessor
{
    public CallerSession GetSession(MessageContext request) => new(new Caller("anna", LocalPathsAllowed: false) { Server = server }, "session-1");
}
