namespace GptImage2.Generation.Inputs;

/// <summary>Fetches images from the public internet, and from nowhere else.</summary>
public interface IRemoteImageFetcher
{
    /// <summary>The image's bytes, complete; only their beginning has been checked.</summary>
    /// <exception cref="ImageException">The address may not be asked, or has no image. The text names the host and no argument.</exception>
    Task<ReadOnlyMemory<byte>> FetchAsync(Uri address, CancellationToken cancellationToken);
}
