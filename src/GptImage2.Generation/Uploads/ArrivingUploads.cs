namespace GptImage2.Generation.Uploads;

/// <summary>How many files of each owner are arriving now.</summary>
internal sealed class ArrivingUploads
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <returns>Ends the arrival when disposed.</returns>
    /// <exception cref="UploadRefusedException">Enough of the owner are arriving.</exception>
    public IDisposable Enter(string owner, UploadLimits limits)
    {
        lock (_gate)
        {
            var count = _counts.GetValueOrDefault(owner);
            _counts[owner] = count < limits.MaxArriving ? count + 1 : throw UploadRefusedException.Busy(limits);
        }

        return new Place(this, owner);
    }

    private void Leave(string owner)
    {
        lock (_gate)
        {
            if (--_counts[owner] is 0)
            {
                _counts.Remove(owner);
            }
        }
    }

    private sealed class Place(ArrivingUploads uploads, string owner) : IDisposable
    {
        public void Dispose() => uploads.Leave(owner);
    }
}
