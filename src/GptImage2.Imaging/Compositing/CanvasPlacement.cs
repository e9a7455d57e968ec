namespace GptImage2.Imaging.Compositing;

/// <summary>Which part of an image is sent to a model, and where it is on the canvas that the model draws.</summary>
/// <param name="Area">The part, in pixels of the upright original.</param>
/// <param name="Scale">Scale factor of the part, the same in both directions; 1 keeps every pixel.</param>
/// <param name="Canvas">The size that is sent and requested.</param>
/// <param name="PadLeft">Canvas pixels left of the part; the padding repeats the part's edge pixels.</param>
/// <param name="PadTop">Canvas pixels above the part.</param>
public sealed record CanvasPlacement(PixelArea Area, double Scale, Dimensions Canvas, int PadLeft, int PadTop)
{
    /// <summary>Size of the part on the canvas.</summary>
    public Dimensions Scaled => new(ScaleEdge(Area.Size.Width), ScaleEdge(Area.Size.Height));

    private int ScaleEdge(int pixels) => Math.Max(1, (int)Math.Round(pixels * Scale));
}

/// <summary>Whose pixels are used outside the region of an edit.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OutsidePixels>))]
public enum OutsidePixels
{
    /// <summary>The original's, bit for bit.</summary>
    [JsonStringEnumMemberName("keep")]
    Keep,

    /// <summary>The model's, which repaints everything it was sent.</summary>
    [JsonStringEnumMemberName("model")]
    Model,
}
