using GptImage2.Testing.OpenAI.Requests;
using GptImage2.Testing.Time;
using Microsoft.AspNetCore.Http;

namespace GptImage2.Testing.OpenAI;

/// <summary>Remembers requests and lets tests wait for them.</summary>
internal sealed class RequestLog
{
    private readonly Lock _lock = new();
    private readonly List<ReceivedRequest> _requests = [];
    private readonly ChangeSignal _changed = new();

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
        int number;
        lock (_lock)
        {
            _requests.Add(new ReceivedRequest(context.Request.Method, path, headers, body, gone.Task));
            number = _requests.Count;
        }

        _changed.Raise();
        return number;
    }

    public Task ReachedAsync(int count) => _changed.WaitUntilAsync(() => Requests.Count >= count);

    /// <summary>Ends as soon as the condition holds; it is asked after every request.</summary>
    public Task WaitUntilAsync(Func<bool> condition, CancellationToken cancellationToken) => _changed.WaitUntilAsync(condition, cancellationToken);
}
