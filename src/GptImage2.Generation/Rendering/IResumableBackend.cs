using GptImage2.Generation.Requests;
using GptImage2.Generation.Requests.Constraints;

namespace GptImage2.Generation.Rendering;

/// <summary>A service that keeps a request by an id, so that another process can take it up where one that died has left it.</summary>
public interface IResumableBackend : IImageBackend
{
    /// <summary>Goes on with a request that was sent before, and sends none.</summary>
    /// <param name="checkpoint">The last that was given to <see cref="IRenderSink.SaveCheckpointAsync"/>.</param>
    /// <param name="skip">How many of its images, from the first, are stored already.</param>
    /// <exception cref="ImageException">The service refused or failed, or never received the request; the failure says whether it bills.</exception>
    Task<RenderOutcome> ResumeAsync(string checkpoint, Validated<ImageRequest> validated, int skip, IRenderSink sink, CancellationToken cancellationToken);
}
