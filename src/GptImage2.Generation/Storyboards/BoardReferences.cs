using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Generation.Uploads;

namespace GptImage2.Generation.Storyboards;

/// <summary>Keeps the references of a board in the store, so that a panel can be drawn anew in a month, wherever the caller's files are by then.</summary>
internal sealed class BoardReferences(UploadStore uploads, IImageCatalog catalog)
{
    /// <summary>What the caller may name, he may keep.</summary>
    private static readonly UploadLimits NoLimits = new(long.MaxValue) { MaxWaiting = int.MaxValue, MaxWaitingBytes = long.MaxValue, MaxArriving = int.MaxValue };

    /// <param name="images">What the references name, in their order.</param>
    /// <returns>The same references, each by the id of an image of the owner's.</returns>
    /// <exception cref="ImageException">One cannot be kept.</exception>
    public async Task<IReadOnlyList<Reference>> KeepAsync(string owner, IReadOnlyList<Reference> references, IReadOnlyList<RenderInputImage> images, CancellationToken cancellationToken)
    {
        var kept = new List<Reference>();
        foreach (var (reference, image) in references.Zip(images))
        {
            var known = await catalog.FindAsync(owner, reference.Image, cancellationToken);
            kept.Add(known is not null ? reference : reference with { Image = await AddAsync(owner, reference, image, cancellationToken) });
        }

        return kept;
    }

    private async Task<string> AddAsync(string owner, Reference reference, RenderInputImage image, CancellationToken cancellationToken)
    {
        try
        {
            await using var bytes = image.Image.OpenRead();
            var added = await uploads.ReceiveAsync(owner, bytes, NoLimits, cancellationToken);
            await uploads.KeepAsync(added, cancellationToken);
            return added.Id;
        }
        catch (Exception broken) when (broken is UploadRefusedException or IOException)
        {
            throw new ImageException(
                new Failure { Code = FailureCode.StorageFailed, Message = $"{reference.Argument}: it could not be kept for the board ({broken.Message}). Nothing was sent and nothing was spent.", Retry = RetryAdvice.Later, Argument = reference.Argument },
                broken);
        }
    }
}
