using GptImage2.Generation.Models;
using GptImage2.Imaging;
using GptImage2.Imaging.Masks;

namespace GptImage2.Generation.Regions;

/// <summary>Decides what part of a picture a model is sent for an edit, and on which legal canvas.</summary>
public static class CanvasChooser
{
    /// <summary>
    /// The whole picture at scale 1 where a legal canvas holds it, else the region with context around it. Each pixel is sent at its own size wherever
    /// a legal canvas holds the region so; a picture too small or too thin for that is enlarged, a region too large for any canvas is reduced.
    /// </summary>
    /// <param name="rules">Which canvases are legal.</param>
    /// <param name="image">Size of the upright picture.</param>
    /// <param name="region">Bounds of what changes, inside the picture.</param>
    /// <exception cref="ArgumentOutOfRangeException">The region lies outside the picture.</exception>
    public static CanvasFit Choose(SizeRules rules, Dimensions image, PixelArea region) => throw new NotImplementedException();
}
