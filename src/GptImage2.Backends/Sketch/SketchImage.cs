using GptImage2.Backends.Sketch.Drawing;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch;

/// <summary>One sketch: a panel that fills the image, stands in front of a backdrop, or lies on the image that is edited.</summary>
internal sealed class SketchImage(SketchInputs inputs, int number)
{
    private readonly Dimensions _size = inputs.Request.Size;
    private readonly SketchPanel _panel = new(inputs, number);
    private readonly SketchCanvas? _canvas = inputs.CopyCanvas(number);

    private Box Whole => new(0, 0, _size.Width, _size.Height);

    public Image Draw() => (inputs.Request, _canvas, inputs.Region) switch
    {
        ({ Backdrop: { } behind }, { } canvas, { } region) => DrawOn(canvas, behind.Colour, region.FindRoom(0.1 * region.Depth)),
        ({ Translucent: true, Backdrop: { } behind }, _, _) => DrawTranslucent(behind.Colour),
        ({ Backdrop: { } behind }, _, _) => DrawOn(SketchCanvas.Create(_size, behind.Colour), behind.Colour, Whole.Inset(0.13 * Whole.Short)),
        (_, { } canvas, { } region) => DrawRegion(canvas, region),
        (_, var canvas, _) => DrawWhole(canvas ?? SketchCanvas.Create(_size, _panel.Paper)),
    };

    private Image DrawWhole(SketchCanvas canvas)
    {
        _panel.DrawOn(canvas, hasShot: _canvas is null);
        using var image = canvas.ToImage();
        return inputs.Request.Background is ImageBackground.Transparent ? image.RoundCorners(0.08 * Whole.Short) : image.Flatten(Colour.White);
    }

    /// <summary>A token with space on all sides, never far from square, and nothing on it in the backdrop's colour.</summary>
    private Image DrawOn(SketchCanvas canvas, Colour backdrop, Box? room)
    {
        DrawToken(canvas, FitToken(room ?? default));
        using var image = canvas.ToImage();
        return image.Flatten(backdrop);
    }

    /// <summary>The image, and in the region paper that fades out towards its border, with the panel where there is room.</summary>
    private Image DrawRegion(SketchCanvas canvas, SketchRegion region)
    {
        var feather = inputs.Request is InpaintRequest { Feather: { } given } ? given : 0;
        var rise = Math.Min(Math.Max(Math.Clamp(0.06 * Whole.Short, 16, 90), feather + 4), Math.Max(1, region.Depth * 0.8));
        using var paper = region.Fill(_panel.Paper, rise);
        canvas.Paste(paper, 0, 0);
        DrawToken(canvas, region.FindRoom(rise) ?? default);
        using var image = canvas.ToImage();
        return image.HasTransparentPixels() ? image.ToSrgb8() : image.Flatten(Colour.White);
    }

    /// <summary>A pane of glass in a glow with an opaque label on it; the same on every backdrop, so that what of it is see-through can be solved.</summary>
    private Image DrawTranslucent(Colour backdrop)
    {
        var canvas = SketchCanvas.Create(_size, Colour.Transparent);
        var (pane, unit) = (Whole.Inset(0.2 * Whole.Short), Whole.Short / 100);
        for (var ring = 6; ring > 0; ring--)
        {
            canvas.Draw(pane.Inset(-1.6 * ring * unit), 8 * unit, _panel.Tint with { Alpha = 16 });
        }

        canvas.Draw(pane, 6 * unit, _panel.Tint with { Alpha = 90 });
        DrawToken(canvas, FitToken(pane.Inset(0.12 * pane.Short)));
        using var image = canvas.ToImage();
        using var ground = Image.FromColour(_size, backdrop);
        using var laid = ground.Overlay(image, 0, 0);
        return laid.Flatten(backdrop);
    }

    private void DrawToken(SketchCanvas canvas, Box box)
    {
        if (box is not { Width: > 70, Height: > 40 })
        {
            return;
        }

        using var panel = _panel.Draw(new Dimensions((int)box.Width, (int)box.Height));
        using var round = panel.RoundCorners(0.06 * box.Short);
        canvas.Paste(round, box.Left, box.Top);
        canvas.Draw(box with { Width = (int)box.Width, Height = (int)box.Height, Left = (int)box.Left, Top = (int)box.Top }, 0.06 * box.Short, Colour.Transparent, Math.Max(2, 0.01 * box.Short), SketchPalette.Ink);
    }

    private static Box FitToken(Box room)
    {
        var (width, height) = (Math.Min(room.Width, room.Height * 4 / 3), Math.Min(room.Height, room.Width * 4 / 3));
        return new Box(room.Left + ((room.Width - width) / 2), room.Top + ((room.Height - height) / 2), width, height);
    }
}
