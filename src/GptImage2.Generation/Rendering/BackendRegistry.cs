using GptImage2.Generation.Requests;

namespace GptImage2.Generation.Rendering;

/// <summary>The backends of this server. Each call is planned for the one that carries it out, by that backend's profile.</summary>
/// <param name="models">Draws images.</param>
/// <param name="backgroundRemoval">Removes backgrounds, on this machine.</param>
/// <param name="boards">Puts images on boards, on this machine.</param>
public sealed class BackendRegistry(IImageBackend models, IImageBackend backgroundRemoval, IImageBackend boards)
{
    /// <summary>The service key of the backend that removes backgrounds.</summary>
    public const string BackgroundRemovalKey = "background-removal";

    /// <summary>The service key of the backend that puts images on boards.</summary>
    public const string BoardKey = "board";

    /// <summary>The backend of a call that names no model.</summary>
    public IImageBackend Default => models;

    public IImageBackend Resolve(ImageRequest request) => request switch
    {
        BackgroundRemovalRequest => backgroundRemoval,
        BoardRequest => boards,
        _ => models,
    };
}
