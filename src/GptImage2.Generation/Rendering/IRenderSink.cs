using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Rendering;

/// <summary>Where a backend puts what it renders.</summary>
public interface IRenderSink
{
    /// <summary>Reports what is happening now to those who wait.</summary>
    void Report(RenderStage stage);

    /// <summary>
    /// Records, so that it survives a power failure, what it takes to find the request at the service again: once before the
    /// request is sent, which from then on counts as sent, and again when the service has named it. Only for an <see cref="IResumableBackend"/>.
    /// </summary>
    /// <exception cref="ImageException">It could not be recorded; nothing may be sent.</exception>
    /// <exception cref="OperationCanceledException">The job was given up in the same moment; nothing may be sent.</exception>
    Task SaveCheckpointAsync(string checkpoint);

    /// <summary>
    /// Whether nobody wants the images any more, so that the service should stop too. False where only this process ends: another one
    /// takes the request up from its checkpoint.
    /// </summary>
    bool IsGivenUp => false;

    /// <summary>States what the service says that exactly this request costs, in its own credits, before it is sent.</summary>
    /// <exception cref="ImageException">It is above a spending cap; nothing may be sent.</exception>
    Task ConfirmPriceAsync(decimal credits);

    /// <summary>Says with the result what the caller should know of it.</summary>
    void Warn(string warning)
    {
    }

    /// <summary>Reports how much of the work is done, 0 to 1, as the service says.</summary>
    void ReportProgress(double share);

    /// <summary>Says what has become of the panels of a board so far.</summary>
    void ReportPanels(IReadOnlyList<PanelResult> panels)
    {
    }

    /// <summary>A preview sent while the image is drawn; it replaces the one before.</summary>
    void Partial(ReadOnlyMemory<byte> encoded);

    /// <summary>Opens the next image, in order. One at a time: complete or dispose it first.</summary>
    IncomingImage OpenImage();
}

/// <summary>What a backend is doing.</summary>
public enum RenderStage
{
    /// <summary>The request is being sent, or waits to be sent again after an unbilled rejection.</summary>
    Sending,

    /// <summary>The request has left; from here on the service may bill.</summary>
    Drawing,

    /// <summary>The response is arriving.</summary>
    Receiving,
}
