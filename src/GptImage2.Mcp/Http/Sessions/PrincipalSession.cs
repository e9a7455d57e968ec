namespace GptImage2.Mcp.Http.Sessions;

/// <summary>A session and its principal, from its beginning to its end. It ends only between two requests.</summary>
/// <param name="owner">Whose it is.</param>
/// <param name="closed">Triggered when the SDK ends it.</param>
internal sealed class PrincipalSession(string id, string owner, long now, CancellationToken closed) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(closed);
    private int _requests;
    private bool _isOver;

    public string Id { get; } = id;

    public string Owner { get; } = owner;

    /// <summary>When its last request ended, as a timestamp of the clock.</summary>
    public long LastUse { get; private set; } = now;

    /// <summary>Triggered when it is over, whoever ended it.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>Begins a request.</summary>
    /// <returns>False where the session is over.</returns>
    public bool TryEnter()
    {
        lock (_gate)
        {
            _requests += _isOver ? 0 : 1;
            return !_isOver;
        }
    }

    /// <summary>Ends a request.</summary>
    public void Leave(long now)
    {
        lock (_gate)
        {
            _requests--;
            LastUse = now;
        }
    }

    /// <returns>False where a request is running, or the session is over already.</returns>
    public bool TryEnd()
    {
        lock (_gate)
        {
            if (_isOver || _requests > 0)
            {
                return false;
            }

            _isOver = true;
            _ending.Cancel();
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _ending.Dispose();
        }
    }
}
