using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;

namespace GptImage2.Mcp.Results.Links;

/// <summary>Links to images for callers on other machines, who see them where a caller on this machine sees paths.</summary>
internal interface IDownloadLinks
{
    /// <summary>Whether this server serves images by link at all.</summary>
    bool AreServed { get; }

    /// <returns>A link that works without a token until it expires, the same for a while; null for a caller who sees paths.</returns>
    string? Create(Caller caller, ImageRecord image);
}

/// <summary>Over stdio there is nothing that a link could lead to.</summary>
internal sealed class NoDownloadLinks : IDownloadLinks
{
    public bool AreServed => false;

    public string? Create(Caller caller, ImageRecord image) => null;
}
