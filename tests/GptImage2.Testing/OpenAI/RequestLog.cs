using GptImage2.Testing.OpenAI.Requests;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Testing.OpenAI;

/// <summary>Remembers requests and lets tests wait for them.</summary>
internal sealed class RequestLog
{
    private readonly Lock _lock = new();
    private readonly List<ReceivedRequest> _requests = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];

    public IReadOnlyList<ReceivedRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <returns>The request's number, from 1.</returns>
    public int Add(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);

        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        context.RequestAborted.Register(() => gone.TrySetResult());
        context.Response.OnCompleted(() => Task.FromResult(gone.TrySetResult()));
        var path = $"{context.Request.Path}{context.Request.QueryString}";
        lock (_lock)
        {
            _requests.Add(new ReceivedRequest(context.Request.Method, path, headers, body, gone.Task));
            foreach (var (_, reached) in _waiting.Where(w => w.Count <= _requests.Count))
            {
                reached.TrySetResult();
            }

            return _requests.Count;
        }
    }

    public Task ReachedAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((count, reached));
            if (_requests.Count >= count)
            {
                reached.TrySetResult();
            }
        }

        return reached.Task;
    }
}
