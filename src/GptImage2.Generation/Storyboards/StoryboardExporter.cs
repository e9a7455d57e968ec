using GptImage2.Generation.Planning.Storyboards;
using GptImage2.Generation.Rendering;
using GptImage2.Generation.Requests;
using GptImage2.Generation.Storage;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Export;

namespace GptImage2.Generation.Storyboards;

/// <summary>Makes files of a board, from the pictures that are on it now. Nothing is drawn by a model, and nothing is billed.</summary>
public sealed class StoryboardExporter
{
    /// <summary>The longest edge of the animatic, in pixels: players on the web show no more.</summary>
    private const int MaxAnimaticEdge = 1280;

    private readonly BoardComposer _composer;
    private readonly PanelDrawer _drawer;
    private readonly StoryboardPlanner _planner;
    private readonly IImageStore _store;
    private readonly BackendRegistry _backends;

    internal StoryboardExporter(BoardComposer composer, PanelDrawer drawer, StoryboardPlanner planner, IImageStore store, BackendRegistry backends) =>
        (_composer, _drawer, _planner, _store, _backends) = (composer, drawer, planner, store, backends);

    /// <summary>The board as it is now, with what jobs have drawn for it meanwhile.</summary>
    /// <param name="written">Its id, or last.</param>
    /// <exception cref="ImageException">The caller has no such board, or nothing was drawn for it yet.</exception>
    public async Task<ExportedBoard> OpenAsync(Caller caller, string written, CancellationToken cancellationToken)
    {
        var board = await _planner.FindAsync(caller, written, cancellationToken);
        if (board.Panels.Any(panel => panel.Attempt is { Job: not null, Failure: null }))
        {
            await _drawer.SettleAsync(caller, board.Id, cancellationToken);
            board = await _planner.FindAsync(caller, board.Id, cancellationToken);
        }

        var pictures = await _composer.FindPicturesAsync(board, cancellationToken);
        return pictures.Any(picture => picture is not null) ? new ExportedBoard(board, pictures) : throw new ImageException(new Failure
        {
            Code = FailureCode.NotFound,
            Message = $"board: nothing was drawn for {board.Id} yet, so there is nothing to export. update_storyboard with its id alone draws it.",
            Retry = RetryAdvice.Changed,
            Argument = "board",
        });
    }

    /// <summary>Writes one of the files of <see cref="ExportNames.All"/>.</summary>
    /// <exception cref="UnreadableImageException">A picture is damaged.</exception>
    /// <exception cref="ImageException">A picture is gone.</exception>
    public void Write(ExportedBoard exported, string name, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(exported);
        ArgumentNullException.ThrowIfNull(output);
        switch (name)
        {
            case ExportNames.BoardPng:
                WriteBoard(exported, output, ImageFormat.Png, cancellationToken);
                break;
            case ExportNames.BoardPdf:
                PdfWriter.Write([RenderBoard(exported, cancellationToken)], exported.Board.Title, output, cancellationToken);
                break;
            case ExportNames.PanelsPdf:
                PdfWriter.Write([.. RenderPages(exported, cancellationToken)], exported.Board.Title, output, cancellationToken);
                break;
            case ExportNames.CutListJson:
                JsonSerializer.Serialize(output, CutList.Create(exported.Board, exported.Pictures, exported.HasFiles), StoryboardJsonContext.Readable.JsonObject);
                break;
            case ExportNames.AnimaticWebp:
                WriteAnimatic(exported, output, cancellationToken);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such file of a board.");
        }
    }

    /// <summary>Writes files into a folder of their own, and removes nothing.</summary>
    /// <param name="folder">Absolute; one that is empty.</param>
    /// <param name="exports">What is wanted.</param>
    /// <returns>The names of the files, in their order.</returns>
    /// <exception cref="ImageException">A file cannot be written, or a picture is gone.</exception>
    public IReadOnlyList<string> WriteFiles(ExportedBoard exported, string folder, IReadOnlyList<StoryboardExport> exports, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(exported);
        ArgumentNullException.ThrowIfNull(exports);
        var written = new List<string>();
        exported = exported with { HasFiles = exports.Contains(StoryboardExport.Panels) };
        try
        {
            foreach (var name in ExportNames.All.Where(name => exports.Any(export => ExportNames.Of(export).Contains(name))))
            {
                WriteFile(name, file => Write(exported, name, file, cancellationToken));
            }

            foreach (var (index, picture) in exports.Contains(StoryboardExport.Panels) ? exported.Pictures.Index() : [])
            {
                if (picture is not null)
                {
                    WriteFile(ExportNames.Panel(index + 1, picture.File.Format), file => CopyTo(picture, file));
                }
            }

            return written;
        }
        catch (Exception broken) when (StorageErrors.IsStorageException(broken))
        {
            throw StoryboardErrors.NotWritten(folder, broken);
        }

        void WriteFile(string name, Action<Stream> write)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
            write(file);
            written.Add(name);
        }
    }

    private void CopyTo(ImageRecord picture, Stream file)
    {
        using var source = _store.OpenRead(picture.File);
        source.CopyTo(file);
    }

    private void WriteBoard(ExportedBoard exported, Stream output, ImageFormat format, CancellationToken cancellationToken)
    {
        using var renderer = _composer.Render(exported.Board, exported.Pictures, _backends.Default.Profile.Sizes, cancellationToken);
        using var whole = renderer.Render();
        whole.Save(output, new SaveOptions { Format = format, Quality = 92 });
    }

    private EncodedImage RenderBoard(ExportedBoard exported, CancellationToken cancellationToken)
    {
        using var page = new MemoryStream();
        WriteBoard(exported, page, ImageFormat.Jpeg, cancellationToken);
        return EncodedImage.FromMemory(page.ToArray());
    }

    /// <summary>Each panel as a board of its own: the picture, with everything that is said of it below.</summary>
    private IEnumerable<EncodedImage> RenderPages(ExportedBoard exported, CancellationToken cancellationToken)
    {
        foreach (var (index, (panel, picture)) in exported.Board.Panels.Zip(exported.Pictures).Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var single = exported with { Board = exported.Board with { Panels = [panel] }, Pictures = [picture], FirstNumber = index + 1 };
            yield return RenderPage(single, cancellationToken);
        }
    }

    private EncodedImage RenderPage(ExportedBoard single, CancellationToken cancellationToken)
    {
        using var page = new MemoryStream();
        using var renderer = _composer.Render(single.Board, single.Pictures, _backends.Default.Profile.Sizes, cancellationToken, single.FirstNumber);
        using var whole = renderer.Render();
        whole.Save(page, new SaveOptions { Format = ImageFormat.Jpeg, Quality = 92 });
        return EncodedImage.FromMemory(page.ToArray());
    }

    private void WriteAnimatic(ExportedBoard exported, Stream output, CancellationToken cancellationToken)
    {
        var frames = exported.Board.Panels.Zip(exported.Pictures)
            .Where(entry => entry.Second is not null)
            .Select(entry => (_store.Open(entry.Second!.File), TimeSpan.FromSeconds(entry.First.Words.Duration ?? CutList.DefaultDuration)))
            .ToArray();
        var size = exported.Pictures.First(picture => picture is not null)!.File.Size;
        AnimatedWebp.Write(frames, FitAnimatic(size), output, cancellationToken);
    }

    private static Dimensions FitAnimatic(Dimensions size)
    {
        var scale = Math.Min(1, MaxAnimaticEdge / (double)Math.Max(size.Width, size.Height));
        return new Dimensions(Math.Max(2, (int)Math.Round(size.Width * scale / 2) * 2), Math.Max(2, (int)Math.Round(size.Height * scale / 2) * 2));
    }
}

/// <summary>A board and its pictures as they are in this moment.</summary>
/// <param name="Pictures">Of the panels, in their order; null where there is none.</param>
public sealed record ExportedBoard(Storyboard Board, IReadOnlyList<ImageRecord?> Pictures)
{
    /// <summary>The number of the first panel.</summary>
    internal int FirstNumber { get; init; } = 1;

    /// <summary>Whether the panels are written as files as well.</summary>
    internal bool HasFiles { get; init; }
}
