using GptImage2.Backends.Sketch.Drawing;
using GptImage2.Generation.Models;
using GptImage2.Generation.Requests;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch;

/// <summary>Composes one sketch: a background, the references in a strip, the prompt on a card, and a label.</summary>
internal static class SketchImage
{
    /// <param name="number">Which of the call's images, from 1.</param>
    public static Image Draw(SketchInputs inputs, int number)
    {
        var random = inputs.CreateRandom(number);
        return inputs switch
        {
            { Request: InpaintRequest { Backdrop: { } around }, Canvas: { } canvas, Region: { } region } => SketchCutout.DrawBeside(inputs, canvas, region, around.Colour, number, random),
            { Request: { Translucent: true, Backdrop: { } behind } } => SketchTranslucent.Draw(inputs, behind.Colour, number),
            { Request.Backdrop: { } backdrop } => SketchCutout.Draw(inputs, backdrop.Colour, number, random),
            { Canvas: { } canvas, Region: { } region } => SketchInpaint.Draw(inputs, canvas, region, number, random),
            _ => Compose(inputs, number, random),
        };
    }

    private static Image Compose(SketchInputs inputs, int number, Random random)
    {
        var (request, unit) = (inputs.Request, inputs.Unit);
        using var ground = inputs.Canvas is { } canvas
            ? Image.FromPixels(request.Size, SketchRepaint.Apply(canvas, inputs.Palette[0], random))
            : SketchLandscape.Draw(request.Size, inputs.Palette, random);
        using var framed = request.Background is ImageBackground.Transparent ? DrawTransparentMargin(ground, unit) : ground.Flatten(Colour.White);
        using var labelled = DrawPromptAndReferences(framed, inputs);
        return SketchLabels.DrawHeader(labelled, request, number, unit);
    }

    private static Image DrawTransparentMargin(Image image, double unit)
    {
        var margin = (int)(6 * unit);
        using var inner = image.Crop(margin, margin, new(image.Size.Width - (2 * margin), image.Size.Height - (2 * margin)));
        using var rounded = inner.RoundCorners(6 * unit);
        return rounded.PlaceOnCanvas(margin, margin, image.Size);
    }

    /// <summary>The card at the foot, the references standing on it.</summary>
    private static Image DrawPromptAndReferences(Image below, SketchInputs inputs)
    {
        var (margin, unit) = ((int)(9 * inputs.Unit), inputs.Unit);
        var width = below.Size.Width - (2 * margin);
        var share = inputs.References is [] ? 0.42 : 0.26;
        var padding = (int)(4 * unit);
        using var card = SketchLabels.DrawCard(inputs.Request.Prompt, new(width, (int)(below.Size.Height * share) + (2 * padding)), Math.Max(11, (int)(4.2 * unit)), padding);
        var top = below.Size.Height - margin - card.Size.Height;
        var carded = below.Overlay(card, margin, top);

        var gap = (int)(2.5 * unit);
        var room = top - gap - margin - (int)(18 * unit);
        using var strip = room > 0 ? SketchReferenceGrid.Draw(inputs.References, new(width, Math.Min(room, (int)(below.Size.Height * 0.4))), (int)(19 * unit)) : null;
        if (strip is null)
        {
            return carded;
        }

        using (carded)
        {
            return carded.Overlay(strip, margin, top - gap - strip.Size.Height);
        }
    }
}
