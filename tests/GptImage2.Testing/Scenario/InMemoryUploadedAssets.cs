using GptImage2.Generation.Storage;

namespace GptImage2.Testing.Scenario;

/// <summary>Remembers what was uploaded, for several backends.</summary>
public sealed class InMemoryUploadedAssets : IUploadedAssets
{
    private readonly ConcurrentDictionary<(string Account, string Sha256), string> _ids = new();

    /// <summary>Whose files are known, and by which content.</summary>
    public IReadOnlyDictionary<(string Account, string Sha256), string> Ids => _ids;

    public Task<string?> FindAsync(string account, string sha256, CancellationToken cancellationToken) =>
        Task.FromResult(_ids.TryGetValue((account, sha256), out var id) ? id : null);

    public Task SaveAsync(string account, string sha256, string assetId, CancellationToken cancellationToken)
    {
        _ids[(account, sha256)] = assetId;
        return Task.CompletedTask;
    }
}
