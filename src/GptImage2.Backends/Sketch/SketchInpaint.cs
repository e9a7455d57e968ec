using GptImage2.Backends.Sketch.Drawing;
using GptImage2.Generation.Requests;
using GptImage2.Imaging;
using GptImage2.Imaging.Codecs;

namespace GptImage2.Backends.Sketch;

/// <summary>The picture with a touch of paint everywhere, and something new inside the region that fades out towards its border.</summary>
internal static class SketchInpaint
{
    public static Image Draw(SketchInputs inputs, ReadOnlySpan<byte> canvas, SketchRegion region, int number, Random random)
    {
        var pixels = SketchRepaint.Apply(canvas, region.Size, inputs.Palette, random);
        var inset = ComputeInset(inputs, region.Insets.Max());
        if (region.Bounds is { } area && inset > 0)
        {
            SketchGradientFill.Paint(pixels, region, area, inset, inputs.Palette, random);
            SketchOutline.Paint(pixels, region, inset, thickness: Math.Max(1.6, 0.22 * inputs.Unit));
        }

        using var painted = Image.FromPixels(region.Size, pixels);
        using var plain = HasTransparency(pixels) ? painted.ToSrgb8() : painted.Flatten(Colour.White);
        return DrawNotes(plain, inputs, LargestTextRectangle.Find(region, 1.6 * inset), number);
    }

    /// <summary>How far inside the outline runs, in pixels: beyond any feather, so that pasting the picture back keeps it.</summary>
    private static double ComputeInset(SketchInputs inputs, double deepest)
    {
        var feather = inputs.Request is InpaintRequest { Feather: { } said } ? said : 0;
        return Math.Min(Math.Max(Math.Clamp(2.6 * inputs.Unit, 10, 48), feather + 4), deepest * 0.45);
    }

    private static Image DrawNotes(Image below, SketchInputs inputs, PixelArea? room, int number)
    {
        if (room is not { } area || SketchNotes.Draw(inputs, area.Size, number) is not { } notes)
        {
            return below.ToSrgb8();
        }

        using (notes)
        {
            return below.Overlay(notes, area.Left + ((area.Size.Width - notes.Size.Width) / 2), area.Top + ((area.Size.Height - notes.Size.Height) / 2));
        }
    }

    private static bool HasTransparency(ReadOnlySpan<byte> rgba)
    {
        for (var alpha = 3; alpha < rgba.Length; alpha += 4)
        {
            if (rgba[alpha] < 255)
            {
                return true;
            }
        }

        return false;
    }
}
