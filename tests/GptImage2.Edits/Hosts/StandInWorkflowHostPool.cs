namespace GptImage2.Edits.Hosts;

/// <summary>Lends a host for one edit after the other, and takes a new one before the requests it remembers fill memory.</summary>
public sealed class StandInWorkflowHostPool : IAsyncDisposable
{
    private const int MostUses = 16;
    private readonly Dictionary<bool, StandInWorkflowHost> _open = [];

    /// <param name="stream">Whether single images come as events.</param>
    internal async Task<StandInWorkflowHost> RentAsync(bool stream)
    {
        if (_open.TryGetValue(stream, out var host) && host.Uses >= MostUses)
        {
            await host.DisposeAsync();
            _open.Remove(stream);
        }

        _open[stream] = host = _open.GetValueOrDefault(stream) ?? await StandInWorkflowHost.StartAsync(stream);
        host.Uses++;
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _open.Values)
        {
            await host.DisposeAsync();
        }
    }
}
