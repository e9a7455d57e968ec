namespace GptImage2.Generation.Inputs;

/// <summary>Fetches images from the public internet, and from nowhere else.</summary>
public interface IRemoteImageFetcher
{
    /// <summary>How its failures say what to do instead. Callers on other machines, who have no inbox, are told another way.</summary>
    public const string InboxAdvice = "Save the image into the inbox (list_images names the folder) and call again with its file name.";

    /// <summary>The image's bytes, complete; only their beginning has been checked.</summary>
    /// <exception cref="ImageException">The address may not be asked, or has no image. The text names the host and no argument.</exception>
    Task<ReadOnlyMemory<byte>> FetchAsync(Uri address, CancellationToken cancellationToken);
}
