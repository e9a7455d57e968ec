using GptImage2.Testing.Scenario.Protocol;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Testing.Scenario;

/// <summary>Writes an answer as incompletely as its <see cref="ScenarioReply"/> says.</summary>
internal sealed class ScenarioReplyWriter(HttpContext context)
{
    public CancellationToken Aborted => context.RequestAborted;

    public void Abort() => context.Abort();

    public async Task WriteAsync(int status, IReadOnlyDictionary<string, string> headers, string type, byte[] body, ScenarioReply reply)
    {
        var bytes = body.AsMemory(0, (int)(body.Length * (reply.CutAt ?? reply.TruncateAt ?? 1)));
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = reply.CutAt is null ? bytes.Length : body.Length;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        // Less than was promised makes the server close the connection, after all that was written has left.
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
