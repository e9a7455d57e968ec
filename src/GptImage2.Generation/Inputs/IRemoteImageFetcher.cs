using GptImage2.Generation.Errors;

namespace GptImage2.Generation.Inputs;

/// <summary>Fetches pictures from the public internet, and from nowhere else.</summary>
public interface IRemoteImageFetcher
{
    /// <summary>The picture's bytes, whole; they begin like a picture's, and nothing else is known of them.</summary>
    /// <exception cref="ImageException">The address may not be asked, or has no picture. The text names the host and no argument.</exception>
    Task<ReadOnlyMemory<byte>> FetchAsync(Uri address, CancellationToken cancellationToken);
}
