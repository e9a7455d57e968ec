using GptImage2.Generation.Storage;

namespace GptImage2.Generation.Rendering;

/// <summary>Where a backend puts what it renders.</summary>
public interface IRenderSink
{
    /// <summary>Reports what is happening now to those who wait.</summary>
    void Report(RenderStage stage);

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
