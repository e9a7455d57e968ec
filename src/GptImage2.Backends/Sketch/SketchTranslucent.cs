using GptImage2.Backends.Sketch.Drawing;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Backends.Sketch;

/// <summary>
/// A pane of tinted glass in a glow, with an opaque card on it, in front of one colour. It depends on nothing but the prompt and the canvas, so that
/// the same is drawn on white and on black, and what of it is see-through can be solved.
/// </summary>
internal static class SketchTranslucent
{
    private const double MaxAspectRatio = 4 / 3.0;

    private const double GlassOpacity = 0.45;

    /// <summary>Of one of the rings that the glow is made of; they lie over each other.</summary>
    private const double RingOpacity = 0.05;

    private const int Rings = 10;

    public static Image Draw(SketchInputs inputs, Colour backdrop, int number)
    {
        var size = inputs.Request.Size;
        using var subject = DrawSubject(inputs, number);
        using var ground = Image.FromColour(size, backdrop);
        using var laid = ground.Overlay(subject, 0, 0);
        return laid.Flatten(backdrop);
    }

    private static Image DrawSubject(SketchInputs inputs, int number)
    {
        var (canvas, unit) = (inputs.Request.Size, inputs.Unit);
        var (width, height) = (canvas.Width * 0.6, canvas.Height * 0.6);
        var pane = new Dimensions((int)Math.Min(width, height * MaxAspectRatio), (int)Math.Min(height, width * MaxAspectRatio));
        var random = inputs.CreateRandomOfPrompt(number);
        var radius = (10 + random.Next(8)) * unit;
        using var glow = DrawGlow(inputs.Palette[0], pane, radius, unit, canvas);
        using var landscape = SketchLandscape.Draw(pane, inputs.Palette, random);
        using var round = landscape.RoundCorners(radius);
        using var glass = round.WithOpacity(GlassOpacity);
        var (left, top) = ((canvas.Width - pane.Width) / 2, (canvas.Height - pane.Height) / 2);
        using var lit = glow.Overlay(glass, left, top);
        return DrawCard(lit, inputs, pane, number);
    }

    /// <summary>Rings that become smaller and lie over each other, so that it is strongest at the pane's edge.</summary>
    private static Image DrawGlow(Colour colour, Dimensions pane, double radius, double unit, Dimensions canvas)
    {
        var glow = Image.FromColour(canvas, Colour.Transparent);
        for (var ring = Rings; ring > 0; ring--)
        {
            var reach = (int)(ring * 1.2 * unit);
            var size = new Dimensions(pane.Width + (2 * reach), pane.Height + (2 * reach));
            using var plain = Image.FromColour(size, colour);
            using var round = plain.RoundCorners(radius + reach);
            using var faint = round.WithOpacity(RingOpacity);
            using var before = glow;
            glow = before.Overlay(faint, (canvas.Width - size.Width) / 2, (canvas.Height - size.Height) / 2);
        }

        return glow;
    }

    private static Image DrawCard(Image below, SketchInputs inputs, Dimensions pane, int number)
    {
        var (canvas, unit) = (inputs.Request.Size, inputs.Unit);
        var letters = Math.Max(11, (int)(4 * unit));
        using var card = SketchLabels.DrawCard(inputs.Request.Prompt, new((int)(pane.Width * 0.74), (int)(pane.Height * 0.44)), letters, letters, snug: true);
        var top = ((canvas.Height - card.Size.Height) / 2) + (int)(4 * unit);
        var left = (canvas.Width - card.Size.Width) / 2;

        // Twice, because a card lets a little through, and here it is what does not.
        using var once = below.Overlay(card, left, top);
        using var carded = once.Overlay(card, left, top);
        using var label = SketchLabels.DrawPill("SKETCH" + SketchLabels.FormatNumber(inputs.Request, number), new TextStyle { Size = Math.Max(10, (int)(3.4 * unit)), Colour = Colour.White, Bold = true });
        return carded.Overlay(label, (canvas.Width - label.Size.Width) / 2, top - label.Size.Height - (int)(3 * unit));
    }
}
