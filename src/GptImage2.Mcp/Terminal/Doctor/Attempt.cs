namespace GptImage2.Mcp.Terminal.Doctor;

/// <summary>A check as a finding, whatever comes of it, in limited time.</summary>
internal sealed class Attempt(TimeProvider clock)
{
    /// <summary>Images may take minutes, and have the user's own limit; no question here does.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <param name="check">Says what it found, or throws why it is wrong.</param>
    /// <param name="remedy">What mends it; a <see cref="TimeoutException"/> is nobody's answer.</param>
    public async Task<DoctorFinding> RunAsync(string subject, Func<CancellationToken, Task<string>> check, Func<Exception, string?> remedy, CancellationToken cancellationToken)
    {
        using var timeUp = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        try
        {
            return DoctorFinding.Ok(subject, await check(either.Token));
        }
        catch (Exception failure) when (failure is ImageException or ImagingUnavailableException or IOException or UnauthorizedAccessException)
        {
            return DoctorFinding.Wrong(subject, failure.Message, remedy(failure));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return DoctorFinding.Wrong(subject, $"no answer came within {Limit.TotalSeconds:0} s", remedy(new TimeoutException()));
        }
    }
}
