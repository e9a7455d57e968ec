using GptImage2.Generation.Rendering;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Backends.Sketch.Drawing;

/// <summary>A reference, small, with its number in the prompt and what it is for.</summary>
internal sealed class SketchThumbnail : IDisposable
{
    private const int Edge = 720;
    private const int MinLetterSize = 9;

    private readonly Image _image;

    private SketchThumbnail(Image picture, string caption) => (_image, Caption) = (picture, caption);

    public string Caption { get; }

    public static SketchThumbnail Open(RenderInputImage image, int number)
    {
        using var small = Image.OpenThumbnail(image.Image, Edge);
        return new SketchThumbnail(small.CopyToMemory(), $"{number} {image.Caption}");
    }

    /// <summary>A square card with a white rim and the caption on it.</summary>
    public Image Draw(int edge)
    {
        var rim = Math.Max(2, edge / 32);
        var inner = new Dimensions(edge - (2 * rim), edge - (2 * rim));
        using var plate = Image.FromColour(new Dimensions(edge, edge), Colour.White);
        using var card = plate.RoundCorners(edge * 0.1);
        using var shown = DrawOverCheckerboard(inner);
        using var round = shown.RoundCorners((edge * 0.1) - rim);
        using var framed = card.Overlay(round, rim, rim);
        using var label = DrawLabel(edge - (4 * rim), edge);
        return framed.Overlay(label, 2 * rim, edge - (2 * rim) - label.Size.Height);
    }

    public void Dispose() => _image.Dispose();

    /// <summary>What is transparent shows a light checkerboard, which nobody takes for a part of the picture.</summary>
    private Image DrawOverCheckerboard(Dimensions size)
    {
        using var fitted = _image.ResizeToCover(size);
        using var checks = Image.CreateCheckerboard(size, Math.Max(4, size.Width / 16));
        return checks.Overlay(fitted, 0, 0);
    }

    /// <summary>In smaller letters before it is cut short.</summary>
    private Image DrawLabel(int room, int edge)
    {
        for (var size = Math.Clamp(edge / 9, MinLetterSize, 48); ; size--)
        {
            using var text = Image.FromText(Caption, new TextStyle { Size = size, Bold = true, Colour = Colour.White });
            if (text.Size.Width + size <= room)
            {
                return SketchLabels.DrawPlate(text, new Dimensions(text.Size.Width + size, (int)(size * 1.7)));
            }

            if (size <= MinLetterSize)
            {
                return DrawTruncatedLabel(room, size);
            }
        }
    }

    private Image DrawTruncatedLabel(int room, int size)
    {
        var style = new TextStyle { Size = size, Bold = true, Colour = Colour.White, MaxWidth = Math.Max(size, room - size), MaxHeight = (int)(size * 1.4) };
        using var text = Image.FromText(Caption, style);
        return SketchLabels.DrawPlate(text, new Dimensions(Math.Min(room, text.Size.Width + size), (int)(size * 1.7)));
    }
}
