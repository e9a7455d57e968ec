using GptImage2.Generation.Jobs;
using GptImage2.Mcp.Results;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>Tells one client how its job goes, in order, and nothing after its call has ended.</summary>
internal sealed class ProgressNotifications(McpServer server, ProgressToken? token, TimeProvider clock) : IProgress<JobSnapshot>, IAsyncDisposable
{
    private readonly long _start = clock.GetTimestamp();
    private Task _last = Task.CompletedTask;

    public void Report(JobSnapshot value)
    {
        if (token is { } wanted)
        {
            _last = SendAfterAsync(_last, wanted, new ProgressNotificationValue
            {
                // Seconds always rise, and nobody knows how many there will be: so no total.
                Progress = (float)clock.GetElapsedTime(_start).TotalSeconds,
                Message = ProgressText.Format(value),
            });
        }
    }

    public async ValueTask DisposeAsync() => await _last;

    private async Task SendAfterAsync(Task last, ProgressToken wanted, ProgressNotificationValue value)
    {
        await last;
        try
        {
            await server.NotifyProgressAsync(wanted, value);
        }
        catch (Exception gone)
        {
            // The client has left; its job goes on, and there is nobody to tell. No news is worth an answer.
            _ = gone;
        }
    }
}
