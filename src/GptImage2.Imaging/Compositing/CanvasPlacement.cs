namespace GptImage2.Imaging.Compositing;

/// <summary>Which part of a picture is sent to a model, and how it lies on the canvas that the model draws.</summary>
/// <param name="Area">The part, in pixels of the upright original.</param>
/// <param name="Scale">By what the part is multiplied, the same both ways; 1 keeps every pixel.</param>
/// <param name="Canvas">The size that is sent and asked for.</param>
/// <param name="PadLeft">Pixels of canvas left of the part; what is around it repeats its edges.</param>
/// <param name="PadTop">Pixels of canvas above the part.</param>
public sealed record CanvasPlacement(PixelArea Area, double Scale, Dimensions Canvas, int PadLeft, int PadTop)
{
    /// <summary>The part's size on the canvas.</summary>
    public Dimensions Scaled => new(ScaleEdge(Area.Size.Width), ScaleEdge(Area.Size.Height));

    private int ScaleEdge(int pixels) => Math.Max(1, (int)Math.Round(pixels * Scale));
}
