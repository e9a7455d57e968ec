using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Boards;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Generation.Storyboards;

/// <summary>Puts the panels of a board on one picture, each as it is in the store.</summary>
internal sealed class BoardComposer(IStoryboardStore boards, IImageStore store, IImageCatalog catalog, BackendRegistry backends, TimeProvider clock)
{
    /// <summary>Delivers the board, unless nothing of it was drawn.</summary>
    /// <returns>Whether there is anything on it.</returns>
    /// <exception cref="ImageException">It could not be stored.</exception>
    public async Task<bool> ComposeAsync(Storyboard board, StoryboardRequest request, IRenderSink sink, CancellationToken cancellationToken)
    {
        var pictures = await FindPicturesAsync(board, cancellationToken);
        if (pictures.All(picture => picture is null))
        {
            return false;
        }

        await using var image = sink.OpenImage();
        using (var renderer = Render(board, pictures, backends.Default.Profile.Sizes, cancellationToken))
        {
            WarnOfCutTexts(renderer.FindCutTexts(), sink);
            using var whole = renderer.Render();
            whole.Save(image, new SaveOptions { Format = request.Delivery.Format, Quality = request.Delivery.Compression ?? 90 });
        }

        var stored = await image.CompleteAsync();
        await boards.ChangeAsync(board.Owner, board.Id, current => (current ?? board) with { Picture = stored.Id, Changed = clock.GetUtcNow() }, CancellationToken.None);
        return true;
    }

    private static void WarnOfCutTexts(IReadOnlyList<int> cut, IRenderSink sink)
    {
        if (cut is not [])
        {
            sink.Warn($"{(cut.Count is 1 ? "Panel" : "Panels")} {NumberList.Format(cut.Select(index => index + 1))}: what stands below is longer than the board has room for and ends in an ellipsis there; export_storyboard with formats pdf_pages has more room, and cuts.json has every word.");
        }
    }

    /// <summary>The picture of each panel, null where there is none.</summary>
    internal async Task<IReadOnlyList<ImageRecord?>> FindPicturesAsync(Storyboard board, CancellationToken cancellationToken)
    {
        var pictures = new List<ImageRecord?>();
        foreach (var panel in board.Panels)
        {
            pictures.Add(panel.Shown is { } shown ? await catalog.FindAsync(board.Owner, shown.Image, cancellationToken) : null);
        }

        return pictures;
    }

    /// <param name="pictures">Of the panels, in their order.</param>
    /// <param name="firstNumber">The number of the first panel.</param>
    internal BoardRenderer Render(Storyboard board, IReadOnlyList<ImageRecord?> pictures, Models.SizeRules rules, CancellationToken cancellationToken, int firstNumber = 1)
    {
        var sizes = board.Panels.Zip(pictures, (panel, picture) => picture?.File.Size ?? PanelSize.Of(board, panel, rules).Delivered);
        var renderer = new BoardRenderer(BoardPicture.CreateContent(board, sizes) with { FirstNumber = firstNumber });
        try
        {
            foreach (var (index, (panel, picture)) in board.Panels.Zip(pictures).Index())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (picture is null || !TryAdd(renderer, index, picture))
                {
                    renderer.AddMissing(index, panel.Shown is not null ? "its file is gone" : panel.Attempt?.Failure is { } failure ? DescribeFailure(failure) : "it was not asked for yet");
                }
            }

            return renderer;
        }
        catch
        {
            renderer.Dispose();
            throw;
        }
    }

    /// <summary>In a few words, which is all that a cell has room for.</summary>
    private static string DescribeFailure(Failure failure) => failure.Code switch
    {
        FailureCode.ContentRejected => "refused by the service",
        FailureCode.AnswerLost => "the answer was lost",
        FailureCode.RateLimited => "the service was busy",
        FailureCode.SpendingRefused => "above a spending cap",
        _ => "the drawing failed",
    };

    /// <summary>A picture that was deleted or damaged must not take the board with it.</summary>
    private bool TryAdd(BoardRenderer renderer, int index, ImageRecord picture)
    {
        try
        {
            renderer.Add(index, store.Open(picture.File));
            return true;
        }
        catch (Exception gone) when (gone is ImageException or UnreadableImageException || StorageErrors.IsStorageException(gone))
        {
            return false;
        }
    }
}
