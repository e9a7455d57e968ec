using GptImage2.Generation.Cast;
using GptImage2.Generation.Inputs;
using GptImage2.Imaging.Previews;
using GptImage2.Mcp.Callers;

namespace GptImage2.Mcp.Results.Cast;

/// <summary>All images of an entry on one numbered sheet.</summary>
internal sealed class CastSheet(ImageArgumentResolver images, SheetContentBuilder sheets)
{
    /// <returns>The sheet, or nothing for an entry without images.</returns>
    /// <exception cref="ImageException">An image is gone or damaged.</exception>
    public async Task<IReadOnlyList<ContentBlock>> CreateAsync(CallerSession session, CastEntry entry, CancellationToken cancellationToken)
    {
        string[] names = [.. entry.AllImages.Select(image => CastImageAddress.Format(entry.Name, image.File)).Distinct().Take(ContactSheet.MaxImages)];
        if (names is [])
        {
            return [];
        }

        var opened = await images.ResolveAllAsync(session.Caller, "images", names, cancellationToken);
        try
        {
            return sheets.CreateSheetResponse(session, opened, names, maxEdge: null).Blocks;
        }
        catch (UnreadableImageException damaged)
        {
            throw new ImageException(new Failure { Code = FailureCode.UnreadableImage, Message = $"{entry.Name}: {damaged.Message}", Retry = RetryAdvice.Changed }, damaged);
        }
        finally
        {
            foreach (var image in opened)
            {
                image.Dispose();
            }
        }
    }
}
