namespace GptImage2.Generation.Rendering;

/// <summary>Remembers, for all processes of one catalog, which files a service has received already, by their content.</summary>
public interface IUploadedAssets
{
    /// <param name="account">The service and whose files it keeps there.</param>
    /// <param name="sha256">Of the file's bytes, in lower-case hexadecimal digits.</param>
    /// <returns>The service's id of the file, or null.</returns>
    Task<string?> FindAsync(string account, string sha256, CancellationToken cancellationToken);

    /// <inheritdoc cref="FindAsync"/>
    /// <param name="assetId">The service's id of the file; it replaces an earlier one.</param>
    Task SaveAsync(string account, string sha256, string assetId, CancellationToken cancellationToken);
}
