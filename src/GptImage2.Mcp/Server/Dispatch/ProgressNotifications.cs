using GptImage2.Generation.Jobs;
using GptImage2.Mcp.Results;

namespace GptImage2.Mcp.Server.Dispatch;

/// <summary>Reports a job's progress to one client, in order, and nothing after its call has ended.</summary>
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
                // Seconds always rise, and how many there will be is unknown: so no total.
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
            // The client disconnected; its job continues, and progress is best effort.
            _ = gone;
        }
    }
}
