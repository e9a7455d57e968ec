using GptImage2.Backends.Sketch.Drawing;
using GptImage2.Imaging.Codecs;
using GptImage2.Imaging.Drawing;

namespace GptImage2.Backends.Sketch;

/// <summary>A token alone on a flat background, for cutting out: nothing outside it, and nothing on it in the background's colour.</summary>
internal static class SketchCutout
{
    private const double MaxAspectRatio = 4 / 3.0;

    public static Image Draw(SketchInputs inputs, Colour backdrop, int number, Random random)
    {
        var size = inputs.Request.Size;
        using var token = DrawToken(inputs, ComputeTokenSize(size), backdrop, number, random);
        using var ground = Image.FromColour(size, backdrop);
        using var laid = ground.Overlay(token, (size.Width - token.Size.Width) / 2, (size.Height - token.Size.Height) / 2);
        return laid.Flatten(backdrop);
    }

    /// <summary>The token in the middle of an empty region, beside what the image shows on the backdrop already.</summary>
    public static Image DrawBeside(SketchInputs inputs, ReadOnlySpan<byte> canvas, SketchRegion region, Colour backdrop, int number, Random random)
    {
        using var image = Image.FromPixels(inputs.Request.Size, canvas);
        if (region.FindRoom(0.1 * region.Insets.Max()) is not { } room)
        {
            return image.Flatten(backdrop);
        }

        using var token = DrawToken(inputs, ComputeTokenSize(room.Size), backdrop, number, random);
        using var laid = image.Overlay(token, room.Left + ((room.Size.Width - token.Size.Width) / 2), room.Top + ((room.Size.Height - token.Size.Height) / 2));
        return laid.Flatten(backdrop);
    }

    /// <summary>Free space on all sides, and never far from square.</summary>
    private static Dimensions ComputeTokenSize(Dimensions canvas)
    {
        var (width, height) = (canvas.Width * 0.74, canvas.Height * 0.74);
        return new Dimensions((int)Math.Min(width, height * MaxAspectRatio), (int)Math.Min(height, width * MaxAspectRatio));
    }

    private static Image DrawToken(SketchInputs inputs, Dimensions size, Colour backdrop, int number, Random random)
    {
        var unit = Math.Min(size.Width, size.Height) / 100.0;
        var radius = (24 + random.Next(14)) * unit;
        using var ink = Image.FromColour(size, SketchLabels.Ink);
        using var edge = ink.RoundCorners(radius);
        using var rim = DrawInset(edge, (int)Math.Max(2, 1.2 * unit), radius, inner => Image.FromColour(inner, Colour.White));
        using var face = DrawInset(rim, (int)Math.Max(6, 4.4 * unit), radius, inner => DrawFace(inputs, inner, backdrop, random));
        return DrawText(face, inputs, number, unit);
    }

    private static Image DrawFace(SketchInputs inputs, Dimensions size, Colour backdrop, Random random)
    {
        Colour[] palette = [.. inputs.Palette.Select(colour => SketchPalette.ShiftHueAwayFrom(colour, backdrop))];
        using var landscape = SketchLandscape.Draw(size, palette, random);
        return landscape.Flatten(Colour.White);
    }

    private static Image DrawInset(Image below, int by, double radius, Func<Dimensions, Image> draw)
    {
        using var plain = draw(new Dimensions(below.Size.Width - (2 * by), below.Size.Height - (2 * by)));
        using var round = plain.RoundCorners(radius - by);
        return below.Overlay(round, by, by);
    }

    private static Image DrawText(Image face, SketchInputs inputs, int number, double unit)
    {
        var (width, height) = (face.Size.Width, face.Size.Height);
        var letters = Math.Max(11, (int)(5 * unit));
        using var card = SketchLabels.DrawCard(DescribeSubject(inputs), new((int)(width * 0.74), (int)(height * 0.44)), letters, letters, snug: true);
        var top = (int)(height * 0.56) - (card.Size.Height / 2);
        using var carded = face.Overlay(card, (width - card.Size.Width) / 2, top);

        var style = new TextStyle { Size = Math.Max(10, (int)(4 * unit)), Colour = Colour.White, Bold = true };
        using var label = SketchLabels.DrawPill("SKETCH" + SketchLabels.FormatNumber(inputs.Request, number), style);
        return carded.Overlay(label, (width - label.Size.Width) / 2, Math.Min(top - label.Size.Height - (int)(3 * unit), (int)(height * 0.2)));
    }

    /// <summary>References are named only: their colours could be the background's.</summary>
    private static string DescribeSubject(SketchInputs inputs) => inputs.References is []
        ? inputs.Request.Prompt
        : $"{inputs.Request.Prompt.Trim()}\n({string.Join(", ", inputs.References.Select(reference => reference.Caption))})";
}
